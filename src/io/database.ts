import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, PostgresDialect, sql, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { NightsweepError } from "../core/errors.ts";
import type { StageName } from "../core/stage.ts";
import { migrations } from "./migrations.ts";
import type { ModelTables } from "./model-tables.ts";
import type { MorningTables } from "./morning-tables.ts";
import { openPool } from "./postgres.ts";
import { isBusy, openSqlite } from "./sqlite.ts";

/** The tables. Times are ISO 8601 text, flags 0 or 1 and JSON is text, so that the schema also fits Postgres. */
export type Tables = ModelTables &
  MorningTables & {
    night: {
      id: string;
      day: string;
      sequence: number;
      started_at: string;
      finished_at: string | null;
      dry_run: number;
      config_hash: string;
      /** When the window closes that opened it; null for a night that a person asked for. */
      closes_at: string | null;
    };
    repo_run: {
      night: string;
      repo: string;
      location: string;
      /** Place in the configuration: repositories are swept in that order. */
      position: number;
      state: "pending" | "running" | "settled" | "stopped";
      stage: StageName | null;
      error: string | null;
      started_at: string | null;
      finished_at: string | null;
      /** What its analysis depends on besides its commit. */
      fingerprint: string | null;
      /** Who sweeps it: whoever finds another name here has lost it to another worker. */
      lease: string | null;
    };
    /** When each repository had its last turn, and how that went. */
    turn: {
      repo: string;
      /** The day of the night. */
      day: string;
      head: string;
      fingerprint: string;
      /** 1: nothing was left that time or people could change. */
      at_rest: number;
      /** How often it stopped in a row. */
      failures: number;
      ms: number;
    };
    step: { night: string; repo: string; stage: StageName; ms: number; finished_at: string };
    candidate: {
      repo: string;
      id: string;
      first_seen: string;
      last_seen: string;
      state: string;
      reason: string | null;
      /** When the state began. */
      since: string | null;
      file: string | null;
      name: string | null;
      members: string | null;
      rule: string | null;
      url: string | null;
      merged_at: string | null;
      untouched: number | null;
      dead_since: string | null;
    };
    /** What happened to candidates, in the order in which it was noted; rows are only ever added. */
    candidate_event: {
      repo: string;
      ordinal: number;
      id: string;
      at: string;
      state: string;
      reason: string | null;
      url: string | null;
    };
    /** Every way of saying no; rows are only ever added, and taking one back is a row as well. */
    answer: {
      repo: string;
      ordinal: number;
      kind: string;
      about: string;
      who: string;
      why: string | null;
      until: string | null;
      source: string;
      at: string;
      url: string | null;
    };
    /** How far a rule may go; rows are only ever added, the last one of a rule counts. */
    autonomy: {
      repo: string;
      ordinal: number;
      rule: string;
      level: string;
      at: string;
      who: string;
      why: string;
    };
    pull_request: {
      repo: string;
      branch: string;
      number: number;
      url: string;
      state: "open" | "merged" | "closed";
      candidates: string;
      head: string;
      night: string;
      ended_at: string | null;
      ended_by: string | null;
      untouched: number | null;
    };
  };

/** The open database of one state folder. */
export type Database = Kysely<Tables>;

/** How long a statement waits for another process that writes, such as `nightsweep report` beside a night. */
const busyTimeoutMs = 10_000;

/**
 * Opens `<stateDirectory>/nightsweep.sqlite`, making the folder, or a database of a Postgres server, and brings the schema
 * up to date; of several that do so at once one does it, and the others wait.
 */
export async function openDatabase(stateDirectory: string, databaseUrl?: string): Promise<Database> {
  mkdirSync(stateDirectory, { recursive: true });
  const dialect =
    databaseUrl === undefined
      ? new SqliteDialect({ database: connect(join(stateDirectory, "nightsweep.sqlite")) })
      : new PostgresDialect({ pool: openPool(databaseUrl) });
  const database = new Kysely<Tables>({ dialect });
  // A server has whole migrations in transactions, and a lock of its own for those that start at once.
  const migrated = databaseUrl === undefined ? migrateFile(database) : migrateWith(database);
  const error = await migrated.catch((thrown: unknown) => thrown);
  if (error === undefined) return database;
  await database.destroy();
  const place = databaseUrl === undefined ? "nightsweep.sqlite" : "the database of databaseUrl";
  throw new NightsweepError("STATE_INVALID", place, { cause: error, detail: messageOf(error) });
}

/** Waits, within a transaction on Postgres, until no other transaction does the same; the lock ends with it. */
export async function waitForLock(transaction: Database, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`nightsweep: ${what}`}))`.execute(transaction);
}

/**
 * Brings the schema up to date, or leaves it as it was: on a full disk half of it would keep the next start out for good.
 * Who comes second waits, and finds it done. The answer is what went wrong, or undefined.
 */
async function migrateFile(database: Database): Promise<unknown> {
  return database.connection().execute(async (db) => {
    await sql`begin immediate`.execute(db);
    const error = await migrateWith(db);
    // A full disk has rolled it back by itself.
    if (error !== undefined) await sql`rollback`.execute(db).catch(() => undefined);
    else await sql`commit`.execute(db);
    return error;
  });
}

/** Runs what is missing; the answer is what went wrong, or undefined. */
async function migrateWith(db: Database): Promise<unknown> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  return error;
}

/**
 * Takes the state folder for one night, or one daemon. The lock is an open transaction, so the kernel frees it when the
 * process dies in whatever way. Throws NIGHT_LOCKED or DAEMON_LOCKED when another process holds it.
 */
export function lockState(stateDirectory: string, owner: "night" | "daemon" = "night"): Disposable {
  mkdirSync(stateDirectory, { recursive: true });
  const lock = openSqlite(join(stateDirectory, `${owner}.lock`), 0);
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    const code = owner === "night" ? "NIGHT_LOCKED" : "DAEMON_LOCKED";
    if (isBusy(error)) throw new NightsweepError(code, `${owner}.lock in the state folder`, { cause: error });
    throw error;
  }
  return {
    [Symbol.dispose]: () => {
      lock.close();
    },
  };
}

/** The busy timeout comes before the switch to WAL: two processes that open at once would fail there. */
function connect(file: string): ReturnType<typeof openSqlite> {
  try {
    const connection = openSqlite(file, busyTimeoutMs);
    connection.exec("pragma journal_mode = WAL; pragma synchronous = FULL");
    return connection;
  } catch (error) {
    throw new NightsweepError("STATE_INVALID", "nightsweep.sqlite", { cause: error, detail: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
