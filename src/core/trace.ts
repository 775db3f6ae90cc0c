import type { CandidateId, RepoPath } from "./names.ts";

/** How a candidate hangs together with the rest of the code, for people who want to see it for themselves. */
export type CandidateTrace = {
  readonly id: CandidateId;
  /** The weak root that reaches it, in words; null when no root does. */
  readonly root: string | null;
  /** The path from that root; without one, the dead code that uses it. */
  readonly steps: readonly { readonly file: RepoPath; readonly name: string; readonly line: number }[];
};
