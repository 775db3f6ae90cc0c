import type { Answer } from "./answer.ts";
import type { CandidateId, RepoPath } from "./names.ts";

/**
 * What can become of a candidate, and what each state gives way to. A state that is not in the list of the one that
 * comes stays: a merged pull request that is listed again does not undo that its deletion was taken back.
 */
const transitions = {
  /** It was found, and no pull request was opened for it. */
  reported: ["untested", "expired"],
  /** The night ended before it could be checked. */
  untested: ["reported", "expired"],
  /** It broke a check. */
  culprit: ["reported", "untested", "expired", "proposed"],
  /** It waits in an open pull request. */
  proposed: ["reported", "untested", "expired", "culprit", "closed"],
  merged: ["reported", "untested", "expired", "culprit", "proposed", "closed", "kept", "snoozed"],
  /** A person closed its pull request without a merge. */
  closed: ["reported", "untested", "expired", "culprit", "proposed"],
  kept: ["reported", "untested", "expired", "culprit", "proposed", "closed", "snoozed"],
  snoozed: ["reported", "untested", "expired", "culprit", "proposed", "closed"],
  /** Nothing holds it back any more: a keep is over or was taken back, or we closed our own pull request. */
  expired: ["kept", "snoozed", "closed", "proposed"],
  /** The merge of its pull request was taken back. */
  reverted: ["reported", "untested", "expired", "culprit", "proposed", "closed", "kept", "snoozed", "merged"],
  /** What was merged away is there again. */
  resurrected: ["reported", "untested", "expired", "culprit", "proposed", "closed", "kept", "snoozed", "merged"],
} as const satisfies Record<string, readonly string[]>;

/** What became of a candidate. */
export type LedgerState = keyof typeof transitions;

/** All states, as a store checks them. */
export const ledgerStates = Object.keys(transitions).filter(isLedgerState);

function isLedgerState(text: string): text is LedgerState {
  return text in transitions;
}

/** The state after something happened; null when that changes nothing. */
export function nextState(before: LedgerState, happened: LedgerState): LedgerState | null {
  const gives: readonly string[] = transitions[happened];
  return gives.includes(before) ? happened : null;
}

/** One declaration or file that went with a candidate, as it is recognised when it comes back. */
export type RememberedMember = {
  readonly file: RepoPath;
  readonly name: string;
  /** Of its own text; null when it is not known. */
  readonly hash: string | null;
  /** The same name was declared elsewhere in its package, so that name alone says nothing. */
  readonly isShared: boolean;
};

/** What the ledger remembers of one candidate. */
export type LedgerEntry = {
  readonly id: CandidateId;
  readonly state: LedgerState;
  /** When that state began, ISO 8601; a night's date where nobody knows better. */
  readonly since: string;
  readonly reason: string | null;
  /** Nights. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The date since which every night found it dead; null when one did not. */
  readonly deadSince: string | null;
  readonly subject: { readonly file: RepoPath; readonly name: string } | null;
  readonly members: readonly RememberedMember[];
  /** The rule that proposed it. */
  readonly rule: string | null;
  /** Its pull request. */
  readonly url: string | null;
  readonly mergedAt: string | null;
  /** Merged just as it was proposed; null when that is not known, or it was not merged. */
  readonly untouched: boolean | null;
};

/** One thing that happened to a candidate; events are only ever added. */
export type LedgerEvent = {
  readonly id: CandidateId;
  readonly at: string;
  readonly state: LedgerState;
  readonly reason: string | null;
  readonly url: string | null;
};

/** The remembered set of one repository: what became of each candidate, and each answer in the order it was given. */
export type Ledger = { readonly entries: readonly LedgerEntry[]; readonly answers: readonly Answer[] };

/** The ledger of a repository that was never swept. */
export const emptyLedger: Ledger = { entries: [], answers: [] };

/**
 * The part of an id that is the same wherever the code stands: category and hash of its own text. Ids that were made
 * otherwise are only equal to themselves.
 */
export function movableKey(id: CandidateId): string {
  const [, category, hash] = /^([a-z-]+):.*:([0-9a-f]{12})-[0-9a-f]{4}$/.exec(id) ?? [];
  return category === undefined || hash === undefined ? id : `${category}:${hash}`;
}

/** The category that an id begins with. */
export function categoryOf(id: CandidateId): string {
  return id.slice(0, id.indexOf(":"));
}
