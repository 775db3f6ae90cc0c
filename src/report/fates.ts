import type { Candidate } from "../core/candidate.ts";
import type { CandidateId } from "../core/names.ts";
import type { AssuranceLevel } from "../core/policy.ts";
import type { RepoResult } from "../core/stage.ts";
import { proposalsOf, unproposedOf, type Proposal } from "./figures.ts";

/** What became of one candidate in one night. */
export type Fate = {
  readonly candidate: Candidate;
  readonly kind: Proposal["outcome"]["kind"] | "needed" | "untested" | "reported" | "stopped";
  /** The one reason that decided it; for a proposal the reason of the policy. */
  readonly because: string;
  /** What the checks gave it, where they ran. */
  readonly assurance: AssuranceLevel;
};

/** Every candidate of a repository: those in pull requests first, then the rest by reason, the commonest first. */
export function fatesOf(repo: RepoResult): readonly Fate[] {
  const { decide, verify } = repo.stages;
  const survivors = new Map((verify?.survivors ?? []).map(({ id, assurance }) => [id, assurance]));
  const reasons = new Map((decide?.decisions ?? []).map(({ id, because }) => [id, because]));
  const needed = new Set((verify?.culprits ?? []).map(({ id }) => id));
  const untested = new Set((verify?.untested ?? []).map(({ id }) => id));
  const kindOf = (id: CandidateId): Fate["kind"] => {
    if (needed.has(id)) return "needed";
    if (untested.has(id)) return "untested";
    return repo.stopped === undefined ? "reported" : "stopped";
  };
  const fate = (candidate: Candidate, kind: Fate["kind"], because: string): Fate => ({
    candidate,
    kind,
    because,
    assurance: survivors.get(candidate.id) ?? candidate.assurance,
  });
  return [
    ...proposalsOf(repo).flatMap(({ outcome, candidates }) =>
      candidates.map((candidate) => fate(candidate, outcome.kind, reasons.get(candidate.id) ?? "")),
    ),
    ...unproposedOf(repo).flatMap(({ because, candidates }) =>
      candidates.map((candidate) => fate(candidate, kindOf(candidate.id), because)),
    ),
  ];
}
