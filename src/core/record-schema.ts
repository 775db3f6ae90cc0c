import { z } from "zod";
import { autonomyLevels } from "./autonomy.ts";
import { candidateIdSchema, candidateSchema, placeSchema, sizeSchema } from "./candidate-schema.ts";
import type { Canary, Proof, Verification } from "./check.ts";
import { errorCatalogue, type ErrorCode, type ErrorRecord } from "./errors.ts";
import type { SignedKeep } from "./keep.ts";
import type { Marking } from "./marking.ts";
import { nightId, type RepoKey } from "./names.ts";
import { actions, assuranceLevels } from "./policy.ts";
import { modelUseSchema, opinionSchema } from "./opinion.ts";
import type { Publication } from "./pull-request.ts";
import type { RecordedResurrection } from "./resurrection.ts";
import { standingSchema } from "./standing-schema.ts";
import { stages, type Checkout, type StageName, type StageOutputs } from "./stage.ts";
import type { TrustReview } from "./track-record.ts";

/** Text that names a night. */
export const nightIdSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(\.\d+)?$/)
  .transform(nightId);
/** A repository's folder name; it must not climb out of the folder that it names a place in. */
export const repoKeySchema = z
  .string()
  .regex(/^[\w][\w.-]*$/)
  .transform((text) => text as RepoKey);

const count = z.number().nonnegative();
const commit = z.string().regex(/^[0-9a-f]{40,64}$/);
const ids = z.array(candidateIdSchema);
const assurance = z.enum(assuranceLevels);
const words = z.tuple([z.string()], z.string());

const check = z.strictObject({
  kind: z.enum(["typecheck", "test", "build"]),
  name: z.string(),
  command: words,
  directory: z.string(),
  source: z.string(),
});

const checkout: z.ZodType<Checkout> = z.strictObject({
  location: z.string(),
  base: z.strictObject({ branch: z.string(), commit }),
  installation: z
    .object({
      packageManager: z.enum(["npm", "pnpm", "yarn", "bun"]),
      version: z.string().nullable(),
      lockfile: z.string().nullable(),
      command: z.array(z.string()),
      ms: count,
      node: z.string().exactOptional(),
    })
    .nullable(),
  checks: z.array(check),
  forgeTests: z.strictObject({ checks: z.array(z.string()) }).exactOptional(),
  sandbox: z
    .strictObject({ kind: z.enum(["bubblewrap", "namespaces", "container", "seatbelt", "none"]), because: z.string() })
    .exactOptional(),
  grants: z.array(z.string()).exactOptional(),
  unmet: z.array(z.string()).exactOptional(),
});

const marking: z.ZodType<Marking> = z.strictObject({
  roots: z.array(
    z.strictObject({
      file: z.string(),
      strength: z.enum(["strong", "weak"]),
      purpose: z.enum(["production", "development", "test"]),
      reason: z.string(),
      keeps: z.enum(["load", "types"]).exactOptional(),
    }),
  ),
  units: z.array(
    z.strictObject({
      directory: z.string(),
      name: z.string(),
      private: z.boolean(),
      unknown: z.string().exactOptional(),
    }),
  ),
  alarms: z.array(
    z.strictObject({
      kind: z.enum([
        "no-production-root",
        "too-many-dead-files",
        "too-many-dead-dependencies",
        "config-not-loaded",
        "file-not-parsed",
        "install-failed",
        "red-baseline",
        "no-checks",
        "policy-invalid",
      ]),
      text: z.string(),
    }),
  ),
  counts: z.strictObject({
    files: count,
    lines: count,
    declarations: count,
    deadFiles: count,
    deadDeclarations: count,
    testOnlyDeclarations: count,
    clonedLines: count.exactOptional(),
  }),
});

const decision = z.strictObject({
  id: candidateIdSchema,
  action: z.enum(actions),
  rule: z.string(),
  because: z.string(),
});

const resurrection: z.ZodType<RecordedResurrection> = z.strictObject({
  id: candidateIdSchema,
  url: z.string().nullable(),
  rule: z.string().nullable(),
  found: z.strictObject({ file: z.string(), name: z.string() }),
  because: z.string(),
});

const levelChanges = z.array(
  z.strictObject({ rule: z.string(), from: z.enum(autonomyLevels), to: z.enum(autonomyLevels), because: z.string() }),
);
const trustReview: z.ZodType<TrustReview> = z.strictObject({
  demotions: levelChanges,
  suggestions: levelChanges,
  throttled: z.string().nullable(),
});

const change = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("write"), file: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal("delete"), file: z.string() }),
]);
const batch = z.strictObject({
  fingerprint: z.string(),
  category: z.string(),
  scope: z.string(),
  candidates: ids,
  changes: z.array(change),
  size: sizeSchema,
});

const checkRun = z.strictObject({
  check: z.string(),
  kind: check.shape.kind,
  result: z.enum(["passed", "failed", "timed-out", "could-not-start"]),
  exitCode: z.number().nullable(),
  ms: count,
  tests: z.strictObject({ passed: count, failed: count, skipped: count }).nullable(),
  failedTests: z.array(z.string()),
  tail: z.string(),
});
const treeRun = z.strictObject({ tree: z.string(), candidates: ids, runs: z.array(checkRun), survived: z.boolean() });
const proof: z.ZodType<Proof> = z.strictObject({
  bundles: z.enum(["same", "different", "impossible"]),
  entries: count,
  declarations: z.enum(["same", "different", "impossible", "none"]),
  because: z.string().nullable(),
});
const canary: z.ZodType<Canary> = z.strictObject({
  file: z.string(),
  name: z.string(),
  noticedBy: z.string().nullable(),
  ms: count,
});
const verification: z.ZodType<Verification> = z.strictObject({
  checks: z.array(check),
  baseline: treeRun,
  trees: z.array(treeRun),
  culprits: z.array(z.strictObject({ id: candidateIdSchema, check: z.string(), tail: z.string() })),
  untested: z.array(z.strictObject({ id: candidateIdSchema, limit: z.string() })),
  survivors: z.array(z.strictObject({ id: candidateIdSchema, assurance })),
  batches: z.array(
    batch.extend({
      tree: z.string(),
      assurance,
      runs: z.array(checkRun),
      proof: proof.exactOptional(),
      canary: canary.exactOptional(),
    }),
  ),
  proof: proof.exactOptional(),
  quarantine: z
    .array(z.strictObject({ check: z.string(), test: z.string().nullable(), because: z.enum(["red-before", "flaky"]) }))
    .exactOptional(),
  remedies: z.array(z.string()).exactOptional(),
});

const branch = z.string();
const publication: z.ZodType<Publication> = z.strictObject({
  forge: z.string(),
  outcomes: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["opened", "already-open"]), branch, url: z.string(), candidates: ids }),
      z.strictObject({ kind: z.literal("would-open"), branch, candidates: ids }),
      z.strictObject({
        kind: z.enum(["closed-before", "over-limit", "branch-taken"]),
        branch,
        candidates: ids,
        because: z.string(),
      }),
    ]),
  ),
  held: z.array(z.strictObject({ id: candidateIdSchema, because: z.string() })).exactOptional(),
  standing: z.array(standingSchema(ids)).exactOptional(),
});

const note = z.strictObject({ file: z.string(), line: count, text: z.string() });
const signedKeep: z.ZodType<SignedKeep> = z.strictObject({
  file: z.string(),
  line: count,
  scope: z.enum(["here", "next-line", "file"]),
  names: z.array(z.string()),
  why: z.string().nullable(),
  until: z.string().nullable(),
  isUnneeded: z.boolean().nullable(),
  who: z.string(),
  at: z.string(),
});

/** What each stage's output must look like when it is read back. */
export const stageOutputSchemas: { readonly [Name in StageName]: z.ZodType<StageOutputs[Name]> } = {
  checkout,
  mark: marking,
  find: z.strictObject({
    candidates: z.array(candidateSchema),
    traces: z
      .array(z.strictObject({ id: candidateIdSchema, root: z.string().nullable(), steps: z.array(placeSchema) }))
      .exactOptional(),
    keeps: z.array(signedKeep).exactOptional(),
    notes: z.array(note).exactOptional(),
  }),
  decide: z.strictObject({
    decisions: z.array(decision),
    resurrected: z.array(resurrection).exactOptional(),
    trust: trustReview.exactOptional(),
    remakes: z.array(z.strictObject({ number: count, candidates: ids })).exactOptional(),
    opinions: z.array(opinionSchema(candidateIdSchema)).exactOptional(),
    model: modelUseSchema.exactOptional(),
  }),
  sweep: z.strictObject({ batches: z.array(batch) }),
  verify: verification,
  publish: publication,
};

/** An error as records carry it. */
export const errorRecordSchema: z.ZodType<ErrorRecord> = z.strictObject({
  code: z.enum(["UNEXPECTED", ...(Object.keys(errorCatalogue) as ErrorCode[])]),
  message: z.string(),
  advice: z.string(),
  detail: z.string().exactOptional(),
});

/** The name of a stage. */
export const stageNameSchema = z.enum(stages);
