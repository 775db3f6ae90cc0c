import { z } from "zod";
import { compileGlobs } from "./globs.ts";
import type { RepoPath } from "./names.ts";

const globs = z.array(z.string().min(1)).min(1);

const principle = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "expected small letters, digits and hyphens")
    .describe("Names the principle in reports."),
  words: z
    .string()
    .min(1)
    .max(1000)
    .describe("What its owners want, in words; a model may cite it against a deletion."),
  paths: globs.optional().describe("Files that the words are about; all when left out."),
  forbidImports: z
    .strictObject({
      from: globs.describe("Files that must not import,"),
      to: globs.describe("and the files that they must not import."),
    })
    .optional()
    .describe("Each import of this kind is noted in the report."),
  preferHelper: z
    .strictObject({
      helper: z
        .string()
        .regex(/^[^#\s]+#[\w$]+$/, "expected a file and a name, such as src/money.ts#formatCents")
        .describe("The one that is to be used."),
      over: globs.describe("Names, as globs, that hand-rolled ones have: `format*Cents`."),
    })
    .optional()
    .describe("Each declaration at the top of another file with such a name is noted in the report."),
});

/** What owners want of their code, as `policies/principles.yaml` holds it. */
export const principlesSchema = z.strictObject({
  $schema: z.string().optional().describe("Where an editor finds this schema."),
  version: z.literal(1).describe("Version of the format."),
  principles: z.array(principle).superRefine((list, context) => {
    for (const [index, { id }] of list.entries())
      if (list.findIndex((other) => other.id === id) !== index)
        context.addIssue({ code: "custom", path: [index, "id"], message: `"${id}" names another principle already` });
  }),
});

export type Principle = Readonly<z.output<typeof principle>>;

/** The principles that are about a file. */
export function principlesAbout(principles: readonly Principle[], file: RepoPath): readonly Principle[] {
  return principles.filter(({ paths }) => paths === undefined || compileGlobs(paths)(file));
}

/** The schema of the file for editors, as `policies/principles.schema.json` holds it. */
export function principlesJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(principlesSchema, { io: "input" });
}
