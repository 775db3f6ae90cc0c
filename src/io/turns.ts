import { nightId, type NightId, type RepoKey } from "../core/names.ts";
import type { PastTurn } from "../core/turns.ts";
import type { StageName } from "../core/stage.ts";
import type { Store } from "./store.ts";

/** A run that a window closed upon: its finished stages can be gone on with. */
export type LeftRun = { readonly night: NightId; readonly fingerprint: string | null };

/** The last turn of a repository; null when it never had one. */
export async function readTurn(store: Store, repo: RepoKey): Promise<PastTurn | null> {
  const row = await store.database.selectFrom("turn").selectAll().where("repo", "=", repo).executeTakeFirst();
  if (row === undefined) return null;
  const { day, head, fingerprint, at_rest, failures, ms } = row;
  return { day, head, fingerprint, atRest: at_rest === 1, failures, ms };
}

/** Lets a repository have its turn in the next night, however often it failed and whether or not it rests. */
export async function forgetTurn(store: Store, repo: RepoKey): Promise<void> {
  await store.database.deleteFrom("turn").where("repo", "=", repo).execute();
}

/** Notes how a repository's turn went; `stopped` counts on from the turn before. */
export async function recordTurn(
  store: Store,
  repo: RepoKey,
  turn: Omit<PastTurn, "failures"> & { readonly stopped: boolean },
): Promise<void> {
  const { stopped, day, head, fingerprint, ms } = turn;
  const before = await readTurn(store, repo);
  const row = {
    ...{ day, head, fingerprint, ms: Math.round(ms) },
    at_rest: Number(turn.atRest),
    failures: stopped ? (before?.failures ?? 0) + 1 : 0,
  };
  await store.database
    .insertInto("turn")
    .values({ repo, ...row })
    .onConflict((conflict) => conflict.column("repo").doUpdateSet(row))
    .execute();
}

/** The run of the scheduled night before this one, when that night ended without it. */
export async function readLeftRun(store: Store, night: NightId, repo: RepoKey): Promise<LeftRun | null> {
  const row = await store.database
    .selectFrom("repo_run")
    .innerJoin("night", "night.id", "repo_run.night")
    .select(["repo_run.night", "repo_run.state", "repo_run.fingerprint"])
    .where("repo_run.repo", "=", repo)
    .where("night.id", "!=", night)
    .where("night.dry_run", "=", 0)
    .where("night.closes_at", "is not", null)
    .orderBy("night.day", "desc")
    .orderBy("night.sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const wasLeft = row?.state === "pending" || row?.state === "running";
  return wasLeft ? { night: nightId(row.night), fingerprint: row.fingerprint } : null;
}

/** The longest that a stage of a repository took in its last nights; null where it never ended. */
export async function expectedMs(store: Store, repo: RepoKey, stage: StageName): Promise<number | null> {
  const rows = await store.database
    .selectFrom("step")
    .select("ms")
    .where("repo", "=", repo)
    .where("stage", "=", stage)
    .orderBy("finished_at", "desc")
    .limit(nightsRemembered)
    .execute();
  return rows.length === 0 ? null : Math.max(...rows.map(({ ms }) => ms));
}

const nightsRemembered = 5;
