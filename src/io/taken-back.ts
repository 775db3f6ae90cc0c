import type { NightId, RepoKey, RepoPath } from "../core/names.ts";
import { resurrectionDays, type RecordedResurrection } from "../core/resurrection.ts";
import { noteAnswer } from "./answers.ts";
import { entryOf, isDry, noteOutcome } from "./candidate-rows.ts";
import { idsOf } from "./remembered-pull-requests.ts";
import type { Store } from "./store.ts";

/** How long a rule rests where a deletion was taken back by reverting it. */
const revertedDays = 30;

/**
 * Notes that what was merged away is there again: its candidate is resurrected, and the declaration is left alone for as
 * long as such things are looked for. A dry night leaves no trace.
 */
export async function recordResurrections(
  store: Store,
  seen: {
    readonly night: NightId;
    readonly repo: RepoKey;
    readonly resurrected: readonly RecordedResurrection[];
  },
): Promise<void> {
  const { night, repo, resurrected } = seen;
  if (resurrected.length === 0 || (await isDry(store, night))) return;
  const at = night.slice(0, 10);
  await store.database.transaction().execute(async (transaction) => {
    for (const { id, url, found, because } of resurrected) {
      await noteOutcome(transaction, repo, { id, state: "resurrected", at, reason: because, url });
      await noteAnswer(transaction, repo, {
        ...{ kind: "keep", about: { kind: "symbol", ...found }, who: "nightsweep", source: "night", at, url },
        why: `it was deleted and ${because}`,
        until: daysAfter(at, resurrectionDays),
      });
    }
  });
}

/**
 * Notes that the merge of a pull request was reverted: its candidates are, and every rule that proposed them rests below
 * the folders that it touched. Gives how many candidates that were.
 */
export async function recordRevert(
  store: Store,
  repo: RepoKey,
  revert: {
    /** The pull request whose merge was taken back. */
    readonly url: string;
    readonly at: string;
    readonly who: string;
    readonly why: string | null;
    /** False where `trust.muteAfterRevert` is. */
    readonly mutes: boolean;
  },
): Promise<number> {
  const { url, at, who, why, mutes } = revert;
  return store.database.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom("pull_request")
      .select("candidates")
      .where("repo", "=", repo)
      .where("url", "=", url)
      .executeTakeFirst();
    const ids = row === undefined ? [] : idsOf(row.candidates);
    const rows = await transaction.selectFrom("candidate").selectAll().where("repo", "=", repo).execute();
    const entries = rows.map(entryOf).filter(({ id }) => ids.includes(id));
    for (const id of ids)
      await noteOutcome(transaction, repo, { id, state: "reverted", at, reason: why ?? `${who} reverted ${url}`, url });
    if (!mutes) return ids.length;
    const resting = entries.map(({ rule, subject }) => [rule ?? "*", globAround(subject?.file ?? "")] as const);
    for (const [rule, path] of new Map(resting.map((pair) => [pair.join(" "), pair])).values())
      await noteAnswer(transaction, repo, {
        ...{ kind: "mute", about: { kind: "rule", rule, path }, who, source: "night", at, url },
        why: why ?? "the deletion was reverted",
        until: daysAfter(at, revertedDays),
      });
    return ids.length;
  });
}

/** The folder of a file and all below it; the top folder stands only for its own files. */
function globAround(file: RepoPath): string {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  return folder === "" ? "*" : `${folder.replace(/[[\]{}()*?!+@]/g, "\\$&")}/**`;
}

function daysAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10);
}
