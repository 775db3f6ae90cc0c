import { z } from "zod";
import type { Candidate } from "./candidate.ts";
import { editSchema } from "./edit-schema.ts";
import { candidateId } from "./names.ts";
import { assuranceLevels, categories, exposures, type Category } from "./policy.ts";

/** Text that names a candidate. */
export const candidateIdSchema = z
  .string()
  .max(2000)
  .regex(/^[a-z-]+:\S+$/)
  .transform(candidateId);

const count = z.number().nonnegative();
const category = z.enum(Object.keys(categories) as [Category, ...Category[]]);
/** Where something stands, as records carry it. */
export const placeSchema = z.strictObject({ file: z.string(), name: z.string(), line: count });

const symbol = placeSchema.omit({ line: true });

/** What a change of some files comes to. */
export const sizeSchema = z.strictObject({ files: count, linesRemoved: count, linesAdded: count });

/** One candidate as records and documents carry it. */
export const candidateSchema: z.ZodType<Candidate> = z.strictObject({
  id: candidateIdSchema,
  pass: category,
  category,
  subject: placeSchema,
  members: z.array(
    placeSchema.extend({ endLine: count, hash: z.string().exactOptional(), isShared: z.boolean().exactOptional() }),
  ),
  evidence: z.array(
    z.strictObject({
      kind: z.enum([
        "unreachable",
        "no-reference",
        "tests-only",
        "cascade",
        "cycle",
        "effect-free",
        "no-effect",
        "constant",
        "surplus-export",
        "history",
        "missing-entry",
        "production",
        "same-code",
        "survivor",
      ]),
      text: z.string(),
    }),
  ),
  ambiguous: z.array(
    z.strictObject({
      kind: z.enum([
        "string",
        "text-file",
        "computed-access",
        "dynamic-import",
        "decorator",
        "unparsed-file",
        "developer-switch",
        "taste",
      ]),
      file: z.string(),
      line: count,
      text: z.string(),
    }),
  ),
  exposure: z.enum(exposures),
  edits: z.array(editSchema),
  ageDays: z.number().nullable(),
  lastTouched: z.strictObject({ commit: z.string(), date: z.string(), subject: z.string() }).nullable(),
  owners: z.array(z.string()),
  packages: z.array(z.string()).exactOptional(),
  deadFor: z.strictObject({ since: z.string(), days: count }).exactOptional(),
  production: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("unused"), days: count, since: z.string(), until: z.string() }),
      z.strictObject({ kind: z.literal("ran"), times: count, name: z.string(), until: z.string() }),
      z.strictObject({ kind: z.literal("unknown"), because: z.string() }),
    ])
    .exactOptional(),
  assurance: z.enum(assuranceLevels),
  requires: z.array(candidateIdSchema),
  forwards: z.array(z.strictObject({ from: symbol, to: symbol })).exactOptional(),
  size: sizeSchema,
  broken: z.string().exactOptional(),
});
