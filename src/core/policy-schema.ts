import { z } from "zod";
import { compileGlobs } from "./globs.ts";
import { actions, assuranceLevels, categories, exposures, type Category } from "./policy.ts";

const globs = z
  .array(z.string().min(1))
  .min(1)
  .superRefine((list, context) => {
    for (const [index, glob] of list.entries()) {
      const problem = problemOfGlob(glob);
      if (problem !== null) context.addIssue({ code: "custom", path: [index], message: problem });
    }
    if (list.every((glob) => glob.startsWith("!")))
      context.addIssue({
        code: "custom",
        path: [0],
        message: `"${list[0] ?? ""}" only takes out; name what to take in`,
      });
  });

function problemOfGlob(glob: string): string | null {
  const bare = glob.replace(/^!/, "");
  if (bare.includes("\\")) return `"${glob}" has a backslash; paths have forward slashes`;
  if (/^\.{0,2}\//.test(bare) || /^[a-z]:/i.test(bare))
    return `"${glob}" must be relative to the top of the repository`;
  if (["[]", "{}", "()"].some(([open = "", close = ""]) => countOf(bare, open) !== countOf(bare, close)))
    return `"${glob}" has a bracket without its other half`;
  return isGlob(glob) ? null : `"${glob}" is no glob`;
}

function isGlob(glob: string): boolean {
  try {
    compileGlobs([glob]);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

const days = z.int().nonnegative();
const count = z.int().positive();
const isCategory = (name: string): name is Category => name in categories;
const category = z.enum(Object.keys(categories).filter(isCategory));
const action = z.enum(actions);

const match = z
  .strictObject({
    category: z.array(category).min(1).optional().describe("It is one of these categories."),
    paths: globs
      .optional()
      .describe("Its files match one of these globs; a glob that begins with `!` takes files out again."),
    packages: globs.optional().describe("Its packages, by the name in their package.json, match one of these globs."),
    minAgeDays: days.optional().describe("Nobody touched it for this many days; unknown age is too young."),
    maxExposure: z
      .enum(exposures)
      .optional()
      .describe("It can be seen no further than this: its file, its package, its workspace, the world."),
    minAssurance: z
      .enum(assuranceLevels)
      .optional()
      .describe("How sure it must be. Above `static`, the repository's own checks decide it during the night."),
    maxLines: count.optional().describe("Lines removed and added by it alone."),
    maxFiles: count.optional().describe("Files changed by it alone."),
  })
  .describe("What a rule is about: all that is named must be true of a candidate.");

const rule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "expected small letters, digits and hyphens")
    .describe("Names the rule in reports: small letters, digits and hyphens."),
  description: z.string().min(1).optional().describe("Why the rule is there."),
  match: match.default({}),
  action: action.describe("What happens to a candidate that matches."),
});

const limits = z
  .strictObject({
    symbolsPerPullRequest: count.default(5).describe("Declarations, files and dependencies in one pull request."),
    filesPerPullRequest: count.default(10).describe("Files changed by one pull request."),
    linesPerPullRequest: count.default(200).describe("Lines removed and added by one pull request."),
    pullRequestsPerNight: z.int().nonnegative().default(3).describe("New pull requests in one night."),
    openPullRequests: z.int().nonnegative().default(5).describe("Pull requests of ours that may be open at once."),
  })
  .describe("How much may be asked of people. One candidate that is larger is a pull request by itself.");

const protect = z
  .strictObject({
    paths: globs.optional().describe("Files that no change may touch."),
    packages: globs.optional().describe("Packages, by name, in which nothing goes."),
  })
  .describe("What is left alone whatever the rules say.");

/** A name, a path of names, or a call of one with literals. */
const flagRead = z
  .string()
  .regex(
    /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[(?:"[^"]*"|'[^']*')\])*(?:\((?:[^()]*)\))?$/,
    'expected an expression such as CHECKOUT, flags.checkout, env.CHECKOUT or isEnabled("checkout")',
  );

const flag = z.strictObject({
  name: z.string().min(1).describe("Name of the flag in reports."),
  value: z
    .union([z.boolean(), z.string(), z.number()])
    .describe('Its final value, as the code reads it: `true`, `"on"`.'),
  reads: z
    .array(flagRead)
    .min(1)
    .optional()
    .describe(
      'Expressions that read it: `CHECKOUT`, `flags.checkout`, `env.CHECKOUT`, `isEnabled("checkout")`; its name when left out.',
    ),
});

/** A policy file: what happens to which candidate. Unknown keys are refused. */
export const policySchema = z.strictObject({
  $schema: z.string().optional().describe("Where an editor finds this schema."),
  version: z.literal(1).describe("Version of the policy format."),
  name: z.string().min(1).describe("Name of the policy in reports."),
  description: z.string().min(1).optional().describe("Whom the policy is for."),
  protect: protect.prefault({}),
  limits: limits.prefault({}),
  ceiling: action.default("propose").describe("The most that may happen, whatever a rule says."),
  defaultAction: action.default("report").describe("What happens to a candidate that no rule matches."),
  rules: z
    .array(rule)
    .default([])
    .superRefine((rules, context) => {
      for (const [index, { id }] of rules.entries())
        if (rules.findIndex((other) => other.id === id) !== index)
          context.addIssue({ code: "custom", path: [index, "id"], message: `"${id}" names another rule already` });
    })
    .describe("Tried from the top; the first that matches decides."),
  flags: z
    .array(flag)
    .default([])
    .superRefine((flags, context) => {
      for (const [index, { name }] of flags.entries())
        if (flags.findIndex((other) => other.name === name) !== index)
          context.addIssue({ code: "custom", path: [index, "name"], message: `"${name}" is named already` });
    })
    .describe(
      "Flags that have come to their end: each read counts as its final value, and the side not taken is dead.",
    ),
});

/** A policy with its defaults filled in. */
export type Policy = z.output<typeof policySchema>;
/** One rule of a policy. */
export type PolicyRule = Policy["rules"][number];
/** A flag that has come to its end. */
export type PolicyFlag = Policy["flags"][number];
/** How much may be asked of people. */
export type PolicyLimits = Policy["limits"];

/** The schema of policy files for editors, as `policies/policy.schema.json` holds it. */
export function policyJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(policySchema, { io: "input" });
}
