import { errorRecordSchema } from "../core/record-schema.ts";
import type { ErrorRecord } from "../core/errors.ts";
import { nightId, type NightId, type RepoKey } from "../core/names.ts";
import type { StageName } from "../core/stage.ts";
import type { ScheduledNight } from "../core/night-due.ts";
import { openDatabase, waitForLock, type Database, type Tables } from "./database.ts";

/** The state of all nights: what ran and what is unfinished. What people answered is in `ledger.ts`. */
export type Store = AsyncDisposable & {
  readonly database: Database;
  /** Runs a piece of work that no other process may be doing at the same time, in one transaction. */
  readonly exclusively: <Result>(what: string, work: (transaction: Database) => Promise<Result>) => Promise<Result>;
};

/** A repository that a night is to sweep. */
export type PlannedRepo = { readonly repo: RepoKey; readonly location: string };

/** One night in the list of nights. */
export type NightEntry = {
  readonly night: NightId;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly dryRun: boolean;
  readonly repos: readonly RepoEntry[];
};

/** How far one repository of a night came. */
type RepoEntry = {
  readonly repo: string;
  readonly location: string;
  readonly state: "pending" | "running" | "settled" | "stopped";
  /** The stage that stopped it, or that ran last. */
  readonly stage: StageName | null;
  readonly error: ErrorRecord | null;
};

/**
 * Opens the store in the state folder, or on a server of Postgres, and brings its schema up to date. Any number of
 * processes may do so at once. Throws STATE_INVALID.
 */
export async function openStore(stateDirectory: string, databaseUrl?: string): Promise<Store> {
  const database = await openDatabase(stateDirectory, databaseUrl);
  return {
    database,
    exclusively: (what, work) =>
      database.transaction().execute(async (transaction) => {
        if (databaseUrl !== undefined) await waitForLock(transaction, what);
        return work(transaction);
      }),
    [Symbol.asyncDispose]: () => database.destroy(),
  };
}

/**
 * Begins a night, or goes on with the unfinished one of the same day if it has the same configuration and is as dry.
 * Any other night of that day gets the day's name with `.2`, `.3` and so on. One whose window is over has nothing left to
 * do but its report, which no configuration changes.
 */
export async function beginNight(
  store: Store,
  plan: {
    readonly day: string;
    readonly now: string;
    readonly dryRun: boolean;
    /** Whatever changes what the night would do; a night is only resumed under the same. */
    readonly configHash: string;
    readonly repos: readonly PlannedRepo[];
    /** When its window closes; absent for a night that a person asked for. */
    readonly closes?: Date;
  },
): Promise<{ readonly night: NightId; readonly startedAt: string; readonly resumed: boolean }> {
  return store.exclusively("begin a night", async (transaction) => {
    const latest = await transaction
      .selectFrom("night")
      .selectAll()
      .where("day", "=", plan.day)
      .orderBy("sequence", "desc")
      .limit(1)
      .executeTakeFirst();
    const closes = plan.closes?.toISOString() ?? null;
    if (latest !== undefined && isGoneOnWith(latest, plan)) {
      await transaction.updateTable("night").set({ closes_at: closes }).where("id", "=", latest.id).execute();
      return { night: nightId(latest.id), startedAt: latest.started_at, resumed: true };
    }
    const sequence = (latest?.sequence ?? 0) + 1;
    const night = nightId(sequence === 1 ? plan.day : `${plan.day}.${sequence}`);
    await transaction
      .insertInto("night")
      .values({
        id: night,
        day: plan.day,
        sequence,
        started_at: plan.now,
        finished_at: null,
        dry_run: Number(plan.dryRun),
        config_hash: plan.configHash,
        closes_at: closes,
      })
      .execute();
    if (plan.repos.length > 0)
      await transaction
        .insertInto("repo_run")
        .values(
          plan.repos.map(({ repo, location }, position) => ({
            ...{ night, repo, location, position, state: "pending" as const },
            stage: null,
            error: null,
            started_at: null,
            finished_at: null,
            fingerprint: null,
            lease: null,
          })),
        )
        .execute();
    return { night, startedAt: plan.now, resumed: false };
  });
}

function isGoneOnWith(
  latest: Tables["night"],
  plan: { readonly now: string; readonly dryRun: boolean; readonly configHash: string; readonly closes?: Date },
): boolean {
  const { finished_at, dry_run, config_hash, closes_at } = latest;
  if (finished_at !== null || dry_run !== Number(plan.dryRun)) return false;
  if ((closes_at === null) !== (plan.closes === undefined)) return false;
  return config_hash === plan.configHash || (plan.closes !== undefined && plan.closes <= new Date(plan.now));
}

/** The newest night that a window opened; null before the first one. */
export async function lastScheduledNight(store: Store): Promise<ScheduledNight | null> {
  const row = await store.database
    .selectFrom("night")
    .selectAll()
    .where("closes_at", "is not", null)
    .orderBy("day", "desc")
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row?.closes_at == null) return null;
  return { day: row.day, closes: new Date(row.closes_at), finished: row.finished_at !== null };
}

/** The repositories of a night that neither settled nor stopped yet, in the order of the configuration. */
export async function pendingRepos(store: Store, night: NightId): Promise<readonly string[]> {
  const rows = await store.database
    .selectFrom("repo_run")
    .select("repo")
    .where("night", "=", night)
    .where("state", "in", ["pending", "running"])
    .orderBy("position")
    .execute();
  return rows.map(({ repo }) => repo);
}

/** Notes that a repository's run begins (or begins again, after the process was killed). */
export async function startRepo(
  store: Store,
  run: { readonly night: NightId; readonly repo: RepoKey; readonly now: string; readonly fingerprint: string },
): Promise<void> {
  await store.database
    .updateTable("repo_run")
    .set({ state: "running", fingerprint: run.fingerprint })
    .where("night", "=", run.night)
    .where("repo", "=", run.repo)
    .execute();
  await store.database
    .updateTable("repo_run")
    .set({ started_at: run.now })
    .where("night", "=", run.night)
    .where("repo", "=", run.repo)
    .where("started_at", "is", null)
    .execute();
}

/** Notes that a stage's record is written, so that a restart need not run the stage again. */
export async function finishStep(
  store: Store,
  step: {
    readonly night: NightId;
    readonly repo: RepoKey;
    readonly stage: StageName;
    readonly ms: number;
    readonly now: string;
  },
): Promise<void> {
  const { night, repo, stage, now } = step;
  const ms = Math.round(step.ms);
  await store.database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("step")
      .values({ night, repo, stage, ms, finished_at: now })
      .onConflict((conflict) => conflict.columns(["night", "repo", "stage"]).doUpdateSet({ ms, finished_at: now }))
      .execute();
    await transaction
      .updateTable("repo_run")
      .set({ stage })
      .where("night", "=", night)
      .where("repo", "=", repo)
      .execute();
  });
}

/** The stages of a repository's night whose records are complete, with the milliseconds that they took. */
export async function finishedSteps(
  store: Store,
  night: NightId,
  repo: RepoKey,
): Promise<Partial<Record<StageName, number>>> {
  const rows = await store.database
    .selectFrom("step")
    .select(["stage", "ms"])
    .where("night", "=", night)
    .where("repo", "=", repo)
    .execute();
  return Object.fromEntries(rows.map(({ stage, ms }) => [stage, ms]));
}

/** Notes how a repository's run ended: settled, or stopped by an error in a stage. */
export async function finishRepo(
  store: Store,
  run: {
    readonly night: NightId;
    readonly repo: RepoKey;
    readonly now: string;
    readonly stopped?: { readonly stage: StageName; readonly error: ErrorRecord };
  },
): Promise<void> {
  const { stopped } = run;
  const ending =
    stopped === undefined
      ? { state: "settled" as const, error: null }
      : { state: "stopped" as const, stage: stopped.stage, error: JSON.stringify(stopped.error) };
  await store.database
    .updateTable("repo_run")
    .set({ ...ending, finished_at: run.now })
    .where("night", "=", run.night)
    .where("repo", "=", run.repo)
    .execute();
}

/** Notes that a night is over: it is not resumed any more. */
export async function finishNight(store: Store, night: NightId, now: string): Promise<void> {
  await store.database.updateTable("night").set({ finished_at: now }).where("id", "=", night).execute();
}

/** All nights with their repositories, newest first. */
export async function listNights(store: Store): Promise<readonly NightEntry[]> {
  const nights = await store.database
    .selectFrom("night")
    .selectAll()
    .orderBy("day", "desc")
    .orderBy("sequence", "desc")
    .execute();
  const runs = await store.database.selectFrom("repo_run").selectAll().orderBy("night").orderBy("position").execute();
  const byNight = Map.groupBy(runs, ({ night }) => night);
  return nights.map((row) => ({
    night: nightId(row.id),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    dryRun: row.dry_run === 1,
    repos: (byNight.get(row.id) ?? []).map(({ repo, location, state, stage, error }) => ({
      repo,
      location,
      state,
      stage,
      error: error === null ? null : errorRecordSchema.parse(JSON.parse(error)),
    })),
  }));
}
