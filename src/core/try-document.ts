import { z } from "zod";
import type { Candidate } from "./candidate.ts";
import { errorCatalogue, type ErrorCode } from "./errors.ts";
import { actions, assuranceLevels, categories, exposures, type Category, type Decision } from "./policy.ts";
import { replayCommands } from "./replay-commands.ts";
import { stages, type RepoResult } from "./stage.ts";

const count = z.int().nonnegative();
const file = z.string().describe("Path from the top folder of the repository, with forward slashes.");
const place = z.strictObject({ file, name: z.string(), line: count.describe("Counts from 1.") });
const category = z.enum(Object.keys(categories) as [Category, ...Category[]]);
const stage = z.enum(stages);

const candidate = z.strictObject({
  id: z.string().describe("Names the candidate across nights; unrelated edits do not change it."),
  pass: category,
  category,
  subject: place,
  members: z
    .array(place.extend({ endLine: count }))
    .describe("Every declaration, file and dependency that goes with it."),
  evidence: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
  replay: z.array(z.string()).describe("Commands with which the evidence can be looked at again."),
  ambiguous: z
    .array(z.strictObject({ kind: z.string(), file, line: count, text: z.string() }))
    .describe("Words that might be references; while one stands the candidate is suspected at most."),
  exposure: z.enum(exposures),
  ageDays: z
    .number()
    .nullable()
    .describe("Days since its newest line was written, by blame; null when history does not say."),
  assurance: z.enum(assuranceLevels),
  decision: z.strictObject({
    action: z.enum(actions),
    rule: z.string().describe("The rule of the policy that decided, or default, protect, alarm."),
    because: z.string(),
  }),
  edits: z.strictObject({ files: count, linesRemoved: count, linesAdded: count }),
});

/** What `nightsweep try --json` prints: what would go from one repository, why, and how sure that is. */
export const tryDocumentSchema = z
  .strictObject({
    repo: z.string().describe("The location, as it was given."),
    base: z
      .strictObject({ branch: z.string(), commit: z.string() })
      .nullable()
      .describe("The commit that was looked at; null when there is none."),
    roots: z.array(
      z.strictObject({
        file,
        strength: z.enum(["strong", "weak"]).describe("Tests are weak: they never keep their subject alive."),
        purpose: z.enum(["production", "development", "test"]),
        reason: z.string(),
        keeps: z
          .enum(["load", "types"])
          .exactOptional()
          .describe("What it keeps of its file: what happens on loading, or the exported types; all when absent."),
      }),
    ),
    candidates: z.array(candidate),
    stages: z
      .partialRecord(stage, z.strictObject({ ms: z.number().nonnegative() }))
      .describe("Milliseconds by stage, of those that ended."),
    stoppedAt: z
      .strictObject({
        stage,
        code: z.enum(["UNEXPECTED", ...(Object.keys(errorCatalogue) as ErrorCode[])]),
        message: z.string(),
      })
      .optional()
      .describe("The stage that stopped the repository, when one did."),
  })
  .describe("What nightsweep try --json prints.");

/** The document of one look at a repository. */
export type TryDocument = z.output<typeof tryDocumentSchema>;

/** Puts together what the stages said; a candidate that no stage decided on yet is reported only. */
export function tryDocument(result: RepoResult): TryDocument {
  const { checkout, mark, find, decide } = result.stages;
  const decisions = new Map((decide?.decisions ?? []).map(({ id, ...decision }) => [id, decision]));
  return {
    repo: result.location,
    base: checkout?.base ?? null,
    roots: [...(mark?.roots ?? [])],
    candidates: (find?.candidates ?? []).map((found) =>
      describeCandidate(settledCandidate(found, result), decisions.get(found.id) ?? undecided, result),
    ),
    stages: Object.fromEntries(Object.entries(result.ms).map(([name, ms]) => [name, { ms }])),
    ...(result.stopped === undefined ? {} : { stoppedAt: stoppedAt(result.stopped) }),
  };
}

const undecided: Decision = { action: "report", rule: "default", because: "the stage that decides was not reached" };

/** A candidate with the assurance that its checks gave it. */
function settledCandidate(found: Candidate, result: RepoResult): Candidate {
  const survivor = result.stages.verify?.survivors.find(({ id }) => id === found.id);
  return survivor === undefined ? found : { ...found, assurance: survivor.assurance };
}

function stoppedAt({ stage: name, error }: NonNullable<RepoResult["stopped"]>) {
  return { stage: name, code: error.code, message: error.message };
}

function describeCandidate(
  found: Candidate,
  decision: Decision,
  { location, stages: { checkout } }: Pick<RepoResult, "location" | "stages">,
): TryDocument["candidates"][number] {
  const { id, pass, subject, members, evidence, ambiguous, exposure, ageDays, assurance, size } = found;
  return {
    id,
    pass,
    category: found.category,
    subject,
    members: members.map(({ file, name, line, endLine }) => ({ file, name, line, endLine })),
    evidence: [...evidence],
    replay: [...replayCommands({ repo: location, commit: checkout?.base.commit ?? "HEAD", subject })],
    ambiguous: [...ambiguous],
    exposure,
    ageDays,
    assurance,
    decision,
    edits: size,
  };
}

/** The JSON schema of the document, as it is published in `reports/try.schema.json`. */
export function tryJsonSchema(): object {
  return z.toJSONSchema(tryDocumentSchema);
}
