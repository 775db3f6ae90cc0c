import { allowsLess, demoted, levelOf, promoted, type Autonomy, type Grant } from "./autonomy.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { CandidateId } from "./names.ts";
import type { Policy } from "./policy-schema.ts";

/** A pull request as far as trust is concerned. */
export type TrackedPullRequest = {
  readonly url: string;
  readonly state: "open" | "merged" | "closed";
  readonly candidates: readonly CandidateId[];
  readonly endedAt: string | null;
};

/** A change of a rule's level, or one that is suggested, with the record as its reason. */
type LevelChange = {
  readonly rule: string;
  readonly from: Autonomy;
  readonly to: Autonomy;
  readonly because: string;
};

/** What the record of a repository says of the daemon. */
export type TrustReview = {
  /** In force from now on. */
  readonly demotions: readonly LevelChange[];
  /** For a person to confirm: `nightsweep policy promote`. */
  readonly suggestions: readonly LevelChange[];
  /** Why the daemon slows down: it keeps to one open pull request; null when it does not. */
  readonly throttled: string | null;
};

/** One that comes back may be chance where people look at each pull request; a second is not. */
const mostTakenBack = { automerge: 0, propose: 1 } as const;

/** Reviews what became of the last pull requests: of each rule since its level last changed, and of all together. */
export function reviewTrust(
  record: { readonly pullRequests: readonly TrackedPullRequest[]; readonly entries: readonly LedgerEntry[] },
  grants: readonly Grant[],
  policy: Pick<Policy, "rules" | "trust">,
): TrustReview {
  const entryOf = new Map(record.entries.map((entry) => [entry.id, entry]));
  const ended = record.pullRequests
    .filter(({ state }) => state !== "open")
    .toSorted((one, other) => (other.endedAt ?? "").localeCompare(one.endedAt ?? ""));
  const demotions: LevelChange[] = [];
  const suggestions: LevelChange[] = [];
  for (const rule of policy.rules) {
    const { level } = levelOf(grants, rule.id);
    const since = grants.findLast((grant) => grant.rule === rule.id)?.at ?? "";
    const own = ended
      .filter(({ endedAt }) => (endedAt ?? "") >= since)
      .filter(({ candidates }) => candidates.some((id) => entryOf.get(id)?.rule === rule.id))
      .slice(0, policy.trust.over);
    const result = resultOf(own, entryOf);
    const reason = reasonToDemote(level, result, policy.trust);
    if (reason !== null) demotions.push({ rule: rule.id, from: level, to: demoted(level), because: reason });
    else if (rule.action === "automerge" && allowsLess(level, "automerge") && hasEarned(result, policy.trust))
      suggestions.push({ rule: rule.id, from: level, to: promoted(level), because: inWords(result) });
  }
  const all = resultOf(ended.slice(0, policy.trust.over), entryOf);
  return { demotions, suggestions, throttled: isPoor(all, policy.trust) ? inWords(all) : null };
}

type Result = { readonly ended: number; readonly merged: number; readonly takenBack: readonly string[] };

function resultOf(pullRequests: readonly TrackedPullRequest[], entryOf: ReadonlyMap<CandidateId, LedgerEntry>): Result {
  const takenBack = pullRequests.filter(({ candidates }) =>
    candidates.some((id) => ["reverted", "resurrected"].includes(entryOf.get(id)?.state ?? "")),
  );
  return {
    ended: pullRequests.length,
    merged: pullRequests.filter(({ state }) => state === "merged").length,
    takenBack: takenBack.map(({ url }) => url),
  };
}

function reasonToDemote(level: Autonomy, result: Result, trust: Policy["trust"]): string | null {
  if (level !== "automerge" && level !== "propose") return null;
  if (result.takenBack.length > mostTakenBack[level]) return `taken back: ${result.takenBack.join(", ")}`;
  // What merges by itself and is closed by a person all the same is one too many.
  if (level === "automerge" && result.merged < result.ended) return inWords(result);
  return isPoor(result, trust) ? inWords(result) : null;
}

function isPoor({ ended, merged }: Result, { over, demoteBelow }: Policy["trust"]): boolean {
  return ended >= over && merged / ended < demoteBelow;
}

function hasEarned({ ended, merged, takenBack }: Result, { over, promoteAbove }: Policy["trust"]): boolean {
  return ended >= over && takenBack.length === 0 && merged / ended >= promoteAbove;
}

function inWords({ ended, merged, takenBack }: Result): string {
  const back = takenBack.length === 0 ? "none was taken back" : `${takenBack.length} taken back`;
  return `of the last ${ended} pull requests that ended ${merged} were merged, ${back}`;
}
