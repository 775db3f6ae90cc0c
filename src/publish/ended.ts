import type { Candidate } from "../core/candidate.ts";
import { closingResult } from "../core/lifecycle.ts";
import type { CandidateId } from "../core/names.ts";
import type { ObservedPullRequest } from "./standing-port.ts";
import { remember, type Tonight, type Verdict } from "./verdict.ts";
import { namesOf } from "./words.ts";

/** What a merged pull request means tonight: all is well, unless its code is there again. */
export function verdictOfMerged(observed: ObservedPullRequest, { found }: Tonight): Verdict {
  const { metadata, revertedBy } = observed;
  const candidates = metadata?.candidates ?? [];
  const again = (found ?? []).filter(({ id }) => candidates.includes(id));
  if (revertedBy !== null)
    return muted(observed, {
      ...{ result: "reverted", candidates },
      because: `it was merged and taken back in ${revertedBy.slice(0, 10)}`,
    });
  if (again.length > 0)
    return muted(observed, {
      ...{ result: "reappeared", candidates: again.map(({ id }) => id) },
      because: `it was merged, and ${namesOf(again)} ${again.length === 1 ? "is" : "are"} there again`,
    });
  return { result: "merged", because: "it was merged", actions: [] };
}

function muted(
  { metadata, url }: ObservedPullRequest,
  end: {
    readonly result: "reverted" | "reappeared";
    readonly because: string;
    readonly candidates: readonly CandidateId[];
  },
): Verdict {
  const { result, because, candidates } = end;
  const rules = metadata?.rules ?? [];
  const told = rules.length === 0 ? "what it removed" : `the rule ${rules.join(", ")}`;
  return {
    result,
    because: `${because}; ${told} is muted for these files`,
    actions: [remember("muted", candidates, { because, rules, source: "night", url })],
  };
}

/** Closed without a merge: by us, with the label that says why, or by a person, which is a no. */
export function verdictOfClosed(observed: ObservedPullRequest): Verdict {
  const { labels, closedBy, metadata, url, head } = observed;
  const ours = closingResult(labels);
  if (ours !== null && closedBy !== "person") {
    // A night may have been killed before it came to the branch; one that a person has moved is theirs.
    const isLeft = head !== null && head.commit === metadata?.head;
    const actions = isLeft ? [{ kind: "delete-branch" as const, expected: head.commit }] : [];
    return { result: ours, because: `nightsweep closed it: ${ours}`, actions };
  }
  const candidates = metadata?.candidates ?? [];
  if (candidates.length === 0)
    return {
      result: "closed-by-person",
      because: "a person closed it; what it was about cannot be read any more",
      actions: [],
    };
  return {
    result: "closed-by-person",
    because: "a person closed it: all of it is kept until its code changes",
    actions: [remember("kept", candidates, { because: "closed without a merge", source: "closed-pull-request", url })],
  };
}

/** Candidates by id, for sentences. */
export function pickFound(found: readonly Candidate[] | null, ids: readonly CandidateId[]): readonly Candidate[] {
  return (found ?? []).filter(({ id }) => ids.includes(id));
}
