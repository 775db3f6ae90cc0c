import { nightsBetween } from "./night-window.ts";
import type { Rest } from "./stage.ts";

/** A repository's last turn. */
export type PastTurn = {
  /** The day of its night. */
  readonly day: string;
  readonly head: string;
  /** What else its analysis depends on: policy, configuration, answers, the version of this tool. */
  readonly fingerprint: string;
  /** Nothing was left that time or people could change: no open pull request, no candidate that waits. */
  readonly atRest: boolean;
  /** How often it stopped in a row. */
  readonly failures: number;
  /** What it cost. */
  readonly ms: number;
};

/** What is known of a repository before its night. */
export type Contender = {
  readonly repo: string;
  /** The commit at its head; null when it could not be looked at. */
  readonly head: string | null;
  readonly fingerprint: string;
  /** null: it never had a turn. */
  readonly past: PastTurn | null;
  /** The window of its last night closed before it was done. */
  readonly wasLeft: boolean;
};

/** Young code grows old and refusals end by themselves, so even what rests is looked at in full once a week. */
const longestRestNights = 7;

/** Why a repository is only looked at tonight; null when it has its turn. */
export function restOf({ head, fingerprint, past, wasLeft }: Contender, day: string): Rest | null {
  if (past === null || wasLeft || head === null) return null;
  if (past.head !== head || past.fingerprint !== fingerprint) return null;
  const nights = nightsBetween(past.day, day);
  if (past.failures > 0) {
    const pause = Math.min(2 ** (past.failures - 1), longestRestNights);
    if (nights >= pause) return null;
    const times = past.failures === 1 ? "once" : `${past.failures} times in a row`;
    return { kind: "failing", because: `it stopped ${times}, last on ${past.day}, and is tried again when it changes` };
  }
  if (!past.atRest || nights >= longestRestNights) return null;
  return { kind: "unchanged", because: `nothing has changed since ${past.day}` };
}

/**
 * The order of the night: what was left first, since it has waited longest; then what changed; what failed last. Within
 * these the one whose turn is longest ago, and of two equals the one that cost less, so that a large repository never
 * keeps many small ones waiting.
 */
export function inTurn<Entry extends Contender>(contenders: readonly Entry[]): readonly Entry[] {
  return contenders.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      (a.past?.day ?? "").localeCompare(b.past?.day ?? "") ||
      (a.past?.ms ?? 0) - (b.past?.ms ?? 0),
  );
}

function rankOf({ past, head, fingerprint, wasLeft }: Contender): number {
  if (wasLeft) return 0;
  if ((past?.failures ?? 0) > 0) return 3;
  return past === null || past.head !== head || past.fingerprint !== fingerprint ? 1 : 2;
}
