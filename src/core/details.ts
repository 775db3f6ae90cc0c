import { z } from "zod";
import type { CandidateId, RepoPath } from "./names.ts";
import { candidateIdSchema } from "./candidate-schema.ts";

/** What a change does to one file, as runs of lines with a sign each and some lines around them. */
export type FileDiff = {
  readonly file: RepoPath;
  readonly isDeleted: boolean;
  readonly hunks: readonly {
    readonly oldStart: number;
    readonly newStart: number;
    readonly lines: readonly string[];
  }[];
  /** Lines that were left out, since nobody reads so many in a report. */
  readonly linesLeftOut: number;
};

/** One rule of a policy held against a candidate. */
export type RuleVerdict = {
  readonly rule: string;
  /** Why it does not match; null when it does, and then it decides. */
  readonly mismatch: string | null;
};

/** What reports show of a candidate that no stage needs: written beside the records, never read by a stage. */
export type CandidateDetails = {
  readonly id: CandidateId;
  readonly diff: readonly FileDiff[];
  /** In the order of the policy, up to the rule that decided. */
  readonly rules: readonly RuleVerdict[];
};

/** The details of all candidates of a repository in one night. */
export type RepoDetails = { readonly format: 1; readonly candidates: readonly CandidateDetails[] };

const count = z.int().nonnegative();

/** What details must look like when they are read back. */
export const repoDetailsSchema: z.ZodType<RepoDetails> = z.strictObject({
  format: z.literal(1),
  candidates: z.array(
    z.strictObject({
      id: candidateIdSchema,
      diff: z.array(
        z.strictObject({
          file: z.string(),
          isDeleted: z.boolean(),
          hunks: z.array(z.strictObject({ oldStart: count, newStart: count, lines: z.array(z.string()) })),
          linesLeftOut: count,
        }),
      ),
      rules: z.array(z.strictObject({ rule: z.string(), mismatch: z.string().nullable() })),
    }),
  ),
});
