import { z } from "zod";
import { errorCatalogue, type ErrorCode } from "./errors.ts";
import { nightIdSchema, repoKeySchema } from "./record-schema.ts";
import { actions, assuranceLevels, categories, exposures, type Category } from "./policy.ts";
import { stages } from "./stage.ts";

const count = z.int().nonnegative();
const category = z.enum(Object.keys(categories) as [Category, ...Category[]]);
const stage = z.enum(stages);
const milliseconds = z
  .partialRecord(stage, z.number().nonnegative())
  .describe("Milliseconds by stage, of those that ended.");

const standing = z
  .strictObject({
    open: count.describe("Pull requests that wait."),
    merged: count.describe("Candidates that were merged, ever."),
    untouched: count.describe("Of the merged: those that nobody had to change first."),
    refused: count.describe("Candidates that people said no to: closed, or kept."),
    resurrected: count.describe("Candidates that were merged and came back, or were reverted."),
    linesMerged: count.describe("Lines that merged pull requests took away, ever."),
    byPass: z
      .partialRecord(category, z.strictObject({ merged: count, refused: count, resurrected: count }))
      .optional()
      .describe("The same of the candidates of each pass that has any."),
  })
  .describe("What people made of all nights so far, as it stood when the night ended.");

const repoFigures = z.strictObject({
  repo: repoKeySchema.describe("Name of the repository in reports, and of its folder."),
  state: z.enum(["settled", "reported-only", "stopped", "unchanged", "failing"]),
  stoppedIn: stage.nullable(),
  ms: milliseconds,
  size: z
    .strictObject({
      files: count,
      lines: count,
      deadLines: count.describe("Lines that the candidates of this night hold."),
      clonedLines: count
        .nullable()
        .describe("Lines in runs that stand in more than one place; null when nobody counted."),
    })
    .nullable()
    .describe("How large the repository is; null when the mark was not reached."),
  found: count.describe("Candidates."),
  proposed: count.describe("Candidates in pull requests that this night opened, or would have opened."),
  linesProposed: count,
  checkRuns: count,
  byPass: z
    .array(z.strictObject({ pass: category, found: count, proposed: count }))
    .describe("Candidates by the pass that found them."),
  pullRequests: z.array(
    z.strictObject({
      kind: z.string().describe("What the night did about it, such as opened or already-open."),
      branch: z.string(),
      url: z.string().nullable(),
      linesRemoved: count,
      candidates: count,
    }),
  ),
  standing: standing.nullable().describe("null when no store was asked, such as for a report made later."),
});

const candidate = z.strictObject({
  id: z.string().describe("Names the candidate across nights; unrelated edits do not change it."),
  pass: category,
  file: z.string(),
  name: z.string(),
  line: count.describe("Counts from 1."),
  linesRemoved: count,
  linesAdded: count,
  exposure: z.enum(exposures),
  assurance: z.enum(assuranceLevels).describe("After the checks."),
  ageDays: z.number().nullable(),
  owners: z.array(z.string()),
  action: z.enum(actions).nullable().describe("What the policy decided; null when it was not asked."),
  rule: z.string().nullable(),
  became: z.string().describe("What became of it tonight, such as opened, needed, untested or reported."),
  because: z.string(),
  evidence: z.array(z.string()),
});

const repoDocument = repoFigures.extend({
  location: z.string(),
  base: z.strictObject({ branch: z.string(), commit: z.string() }).nullable(),
  stopped: z
    .strictObject({
      stage,
      code: z.enum(["UNEXPECTED", ...(Object.keys(errorCatalogue) as ErrorCode[])]),
      message: z.string(),
      advice: z.string(),
    })
    .nullable(),
  alarms: z.array(z.string()).describe("Why the repository is reported only."),
  candidates: z.array(candidate),
});

const night = {
  format: z.literal(1),
  night: nightIdSchema.describe("The date on which the night began; .2 and so on for further nights of that day."),
  startedAt: z.string().describe("ISO 8601, in UTC."),
  ms: z.number().nonnegative(),
  dryRun: z.boolean(),
};

/** The figures of a night without its candidates: small enough to read those of a year at once. */
export const nightFiguresSchema = z.strictObject({ ...night, repositories: z.array(repoFigures) });

const nightDocumentSchema = z
  .strictObject({ ...night, repositories: z.array(repoDocument) })
  .describe("reports/<night>/report.json: a whole night, for other programs.");

/** Counts of one night, for the index over all of them. */
export type NightFigures = Readonly<z.output<typeof nightFiguresSchema>>;
/** Counts of one repository in one night. */
export type RepoFigures = Readonly<NightFigures["repositories"][number]>;
/** What people made of a repository's candidates so far. */
export type Standing = Readonly<z.output<typeof standing>>;
/** A whole night as others may read it. */
export type NightDocument = Readonly<z.output<typeof nightDocumentSchema>>;

/** The JSON schema of the document, as it is published in `reports/night.schema.json`. */
export function nightJsonSchema(): object {
  return z.toJSONSchema(nightDocumentSchema, { io: "input" });
}
