import { answerInWords, isOver, unwithdrawn, type Answer } from "./answer.ts";
import type { Candidate } from "./candidate.ts";
import { compileGlobs } from "./globs.ts";
import { movableKey, type Ledger, type LedgerEntry, type LedgerState } from "./ledger.ts";
import type { CandidateId } from "./names.ts";

/** Why the ledger holds a candidate back: the state it is in, or that a rule or the repository rests. */
export type Hindrance = {
  readonly rule: Exclude<LedgerState, "reported" | "untested" | "proposed"> | "muted" | "paused";
  readonly because: string;
};

/** What is asked about, and the rule of the policy that would propose it. */
export type Question = { readonly candidate: Pick<Candidate, "id" | "subject" | "members">; readonly rule: string };

/**
 * Remembers: gives for a candidate why it must not be proposed tonight, or null. `tonight` are all candidates of the
 * night: an answer about one that is gone goes over to one with the same text that has appeared since.
 */
export function recall(
  ledger: Ledger,
  tonight: readonly CandidateId[],
  now: string,
): (question: Question) => Hindrance | null {
  const present = new Set<string>(tonight);
  const entryOf = new Map<CandidateId, LedgerEntry>(ledger.entries.map((entry) => [entry.id, entry]));
  const answers = unwithdrawn(ledger.answers);
  const pause = answers.find((answer) => answer.about.kind === "repository" && !isOver(answer, now));
  const moved = Map.groupBy(
    [...new Set([...entryOf.keys(), ...answers.flatMap(idOf)])].filter((id) => !present.has(id)),
    movableKey,
  );
  return ({ candidate, rule }) => {
    if (pause !== undefined) return { rule: "paused", because: answerInWords(pause) };
    const mute = answers.find((answer) => isMuted(answer, candidate, rule) && !isOver(answer, now));
    if (mute !== undefined) return { rule: "muted", because: answerInWords(mute) };
    const former = (moved.get(movableKey(candidate.id)) ?? []).filter((id) => cameAfter(candidate.id, id, entryOf));
    const known = [candidate.id, ...former];
    const about = answers.filter((answer) => isAbout(answer, known, candidate));
    const standing = about.findLast((answer) => !isOver(answer, now));
    if (standing !== undefined) return { rule: stateOfAnswer(standing), because: answerInWords(standing) };
    const entries = known.flatMap((id) => entryOf.get(id) ?? []);
    return entries.map((entry) => hindranceOf(entry, about.at(-1))).find((found) => found !== null) ?? null;
  };
}

/** The state that an answer puts its candidate in. */
export function stateOfAnswer({ kind }: Pick<Answer, "kind">): "kept" | "snoozed" | "closed" {
  if (kind === "snooze") return "snoozed";
  return kind === "close" ? "closed" : "kept";
}

function idOf({ about }: Answer): readonly CandidateId[] {
  return about.kind === "candidate" ? [about.id] : [];
}

/** Two that were seen in the same night are two: what one was answered is no answer to the other. */
function cameAfter(id: CandidateId, former: CandidateId, entryOf: ReadonlyMap<CandidateId, LedgerEntry>): boolean {
  const here = entryOf.get(id);
  const before = entryOf.get(former);
  return here === undefined || before === undefined || compareNights(here.firstSeen, before.lastSeen) > 0;
}

function compareNights(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function isMuted({ about }: Answer, candidate: Question["candidate"], rule: string): boolean {
  if (about.kind !== "rule" || (about.rule !== "*" && about.rule !== rule)) return false;
  const isBelow = compileGlobs([about.path]);
  return candidate.members.some(({ file }) => isBelow(file)) || isBelow(candidate.subject.file);
}

function isAbout({ about }: Answer, known: readonly CandidateId[], candidate: Question["candidate"]): boolean {
  if (about.kind === "candidate") return known.includes(about.id);
  if (about.kind !== "symbol") return false;
  return [candidate.subject, ...candidate.members].some(({ file, name }) => file === about.file && name === about.name);
}

/** What a state says of itself; null where nothing holds the candidate back. */
const stateReasons = {
  reported: null,
  untested: null,
  proposed: null,
  expired: null,
  // Its time is up, and tonight says so; from the next night on it is a candidate like any other.
  kept: null,
  snoozed: null,
  culprit: ({ lastSeen, reason }) => `it broke a check in the night ${lastSeen}${afterColon(reason)}`,
  closed: (entry) => `${pullRequestOf(entry)} was closed without a merge`,
  merged: (entry) => `${pullRequestOf(entry)} was merged, and the code is there again`,
  reverted: ({ since, reason }) => `its deletion was taken back on ${since.slice(0, 10)}${afterColon(reason)}`,
  resurrected: ({ since, reason }) => `it came back on ${since.slice(0, 10)} after it was deleted${afterColon(reason)}`,
} as const satisfies Record<LedgerState, ((entry: LedgerEntry) => string) | null>;

function hindranceOf(entry: LedgerEntry, answer: Answer | undefined): Hindrance | null {
  const { state } = entry;
  if ((state === "kept" || state === "snoozed") && answer !== undefined) {
    const because = `its time is up, so it may be proposed from the next night on: ${answerInWords(answer)}`;
    return { rule: "expired", because };
  }
  if (state === "reported" || state === "untested" || state === "proposed") return null;
  const reason = stateReasons[state];
  return reason === null ? null : { rule: state, because: reason(entry) };
}

function afterColon(reason: string | null): string {
  return reason === null ? "" : `: ${reason}`;
}

function pullRequestOf({ url, reason }: LedgerEntry): string {
  return url ?? reason ?? "its pull request";
}
