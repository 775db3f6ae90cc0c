import type { Answer } from "../core/answer.ts";
import type { Remembered } from "../core/lifecycle.ts";
import type { NightId, RepoKey } from "../core/names.ts";
import { recordAnswer } from "./answers.ts";
import { isDry } from "./candidate-rows.ts";
import { recordOutcome } from "./ledger.ts";
import type { Store } from "./store.ts";
import { recordRevert } from "./taken-back.ts";

/**
 * Notes what was learnt of a standing pull request: what a person answered, a check that is red, a merge that was taken
 * back, that nobody answered. Noting it again changes nothing, and a dry night leaves no trace.
 */
export async function recordStanding(
  store: Store,
  seen: { readonly night: NightId; readonly repo: RepoKey; readonly at: string; readonly entry: Remembered },
): Promise<void> {
  const { night, repo, at, entry } = seen;
  if (await isDry(store, night)) return;
  const { answer, candidates, because, by, url } = entry;
  switch (answer) {
    case "muted":
      await recordRevert(store, repo, { url, at, who: by ?? "somebody", why: because, mutes: true });
      return;
    case "culprit":
      for (const id of candidates) await recordOutcome(store, repo, { id, state: "culprit", at, reason: because, url });
      return;
    case "kept":
    case "snoozed":
    case "rested":
      await recordNo(store, repo, { entry, at });
      return;
    default:
      answer satisfies never;
  }
}

/** A no of a person; that nobody had time is none, but the code rests for a while. */
async function recordNo(
  store: Store,
  repo: RepoKey,
  { entry, at }: { readonly entry: Remembered; readonly at: string },
): Promise<void> {
  const { candidates, because, by, until, url } = entry;
  const source = entry.source === "checks" ? "night" : entry.source;
  const who = by ?? (source === "night" ? "nightsweep" : "somebody");
  // A closed pull request is recorded again when the forge is listed, in the same words, so that it is one answer.
  const why = source === "closed-pull-request" ? null : because;
  const kind: Answer["kind"] = source === "closed-pull-request" ? "close" : until === null ? "keep" : "snooze";
  for (const id of candidates)
    await recordAnswer(store, repo, { kind, about: { kind: "candidate", id }, who, why, until, source, at, url });
}
