import type { Candidate } from "./core/candidate.ts";
import type { CandidateDetails, FileDiff, RepoDetails, RuleVerdict } from "./core/details.ts";
import type { Policy } from "./core/policy-schema.ts";
import { findMismatch } from "./decide/match.ts";
import type { Texts } from "./find-candidates.ts";
import { compareLines } from "./sweep/lines.ts";
import { mergeEdits } from "./sweep/merge.ts";

/** Nobody reads more of one candidate in a report; a pull request has the rest. */
const mostLines = 400;

/** What a report shows of candidates that no stage needs: the change of each by itself, and the rules it was held against. */
export function describeCandidates(found: {
  readonly candidates: readonly Candidate[];
  readonly texts: Texts;
  readonly policy: Policy;
}): RepoDetails {
  const { candidates, texts, policy } = found;
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const described = candidates.map((candidate): CandidateDetails => {
    const needed = candidate.requires.flatMap((id) => byId.get(id)?.edits ?? []);
    const changes = mergeEdits([...needed, ...candidate.edits], texts);
    const diffs = changes.map((change) => ({
      file: change.file,
      isDeleted: change.kind === "delete",
      hunks: compareLines(change, texts, 3),
    }));
    return { id: candidate.id, diff: clipDiffs(diffs), rules: holdAgainst(candidate, policy) };
  });
  return { format: 1, candidates: described };
}

/** Up to the first rule that matches. What the checks may still show counts as shown, as when the stage decides. */
function holdAgainst(candidate: Candidate, { rules }: Policy): readonly RuleVerdict[] {
  const isSuspected = candidate.assurance === "suspected" || candidate.ambiguous.length > 0;
  const facts = { candidate, assurance: isSuspected ? ("suspected" as const) : ("proven" as const) };
  const verdicts = rules.map((rule) => ({ rule: rule.id, mismatch: findMismatch(rule, facts)?.text ?? null }));
  const decider = verdicts.findIndex(({ mismatch }) => mismatch === null);
  return decider < 0 ? verdicts : verdicts.slice(0, decider + 1);
}

function clipDiffs(diffs: readonly Omit<FileDiff, "linesLeftOut">[]): readonly FileDiff[] {
  let room: number = mostLines;
  return diffs.map(({ file, isDeleted, hunks }) => {
    const kept = hunks.map(({ oldStart, newStart, lines }) => {
      const shown = lines.slice(0, room);
      room -= shown.length;
      return { oldStart, newStart, lines: shown };
    });
    const count = (list: readonly { readonly lines: readonly string[] }[]) =>
      list.reduce((sum, { lines }) => sum + lines.length, 0);
    return {
      file,
      isDeleted,
      hunks: kept.filter(({ lines }) => lines.length > 0),
      linesLeftOut: count(hunks) - count(kept),
    };
  });
}
