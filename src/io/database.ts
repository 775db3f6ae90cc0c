import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { NightsweepError } from "../core/errors.ts";
import type { StageName } from "../core/stage.ts";
import { isBusy, openSqlite } from "./sqlite.ts";

/** The tables. Times are ISO 8601 text, flags 0 or 1 and JSON is text, so that the schema also fits Postgres. */
export type Tables = {
  night: {
    id: string;
    day: string;
    sequence: number;
    started_at: string;
    finished_at: string | null;
    dry_run: number;
    config_hash: string;
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

/** Opens `<stateDirectory>/nightsweep.sqlite`, making the folder and bringing the schema up to date. */
export async function openDatabase(stateDirectory: string): Promise<Database> {
  mkdirSync(stateDirectory, { recursive: true });
  const file = join(stateDirectory, "nightsweep.sqlite");
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connect(file) }) });
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return database;
  await database.destroy();
  throw new NightsweepError("STATE_INVALID", "nightsweep.sqlite", { cause: error, detail: messageOf(error) });
}

/**
 * Takes the state folder for one night. The lock is an open transaction, so the kernel frees it when the process dies
 * in whatever way. Throws NIGHT_LOCKED when another process holds it.
 */
export function lockState(stateDirectory: string): Disposable {
  mkdirSync(stateDirectory, { recursive: true });
  const lock = openSqlite(join(stateDirectory, "night.lock"), 0);
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new NightsweepError("NIGHT_LOCKED", "night.lock in the state folder", { cause: error });
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

/** In order of their names; one that has run anywhere is never changed, a new one is added. */
const migrations: Readonly<Record<string, Migration>> = {
  "0001-nights": {
    async up(database) {
      await database.schema
        .createTable("night")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("day", "text", (column) => column.notNull())
        .addColumn("sequence", "integer", (column) => column.notNull())
        .addColumn("started_at", "text", (column) => column.notNull())
        .addColumn("finished_at", "text")
        .addColumn("dry_run", "integer", (column) => column.notNull())
        .addColumn("config_hash", "text", (column) => column.notNull())
        .execute();
      await database.schema
        .createTable("repo_run")
        .addColumn("night", "text", (column) => column.notNull().references("night.id"))
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("location", "text", (column) => column.notNull())
        .addColumn("position", "integer", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("stage", "text")
        .addColumn("error", "text")
        .addColumn("started_at", "text")
        .addColumn("finished_at", "text")
        .addPrimaryKeyConstraint("repo_run_key", ["night", "repo"])
        .execute();
      await database.schema
        .createTable("step")
        .addColumn("night", "text", (column) => column.notNull())
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("stage", "text", (column) => column.notNull())
        .addColumn("ms", "integer", (column) => column.notNull())
        .addColumn("finished_at", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("step_key", ["night", "repo", "stage"])
        .addForeignKeyConstraint("step_run", ["night", "repo"], "repo_run", ["night", "repo"])
        .execute();
    },
  },
  "0002-ledger": {
    async up(database) {
      await database.schema
        .createTable("candidate")
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("id", "text", (column) => column.notNull())
        .addColumn("first_seen", "text", (column) => column.notNull())
        .addColumn("last_seen", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("reason", "text")
        .addPrimaryKeyConstraint("candidate_key", ["repo", "id"])
        .execute();
      await database.schema
        .createTable("pull_request")
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("branch", "text", (column) => column.notNull())
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("url", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("candidates", "text", (column) => column.notNull())
        .addColumn("head", "text", (column) => column.notNull())
        .addColumn("night", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("pull_request_key", ["repo", "branch"])
        .execute();
    },
  },
  "0003-answers": {
    async up(database) {
      for (const column of ["since", "file", "name", "members", "rule", "url", "merged_at"])
        await database.schema.alterTable("candidate").addColumn(column, "text").execute();
      await database.schema.alterTable("candidate").addColumn("untouched", "integer").execute();
      for (const column of ["ended_at", "ended_by"])
        await database.schema.alterTable("pull_request").addColumn(column, "text").execute();
      await database.schema.alterTable("pull_request").addColumn("untouched", "integer").execute();
      await database.schema
        .createTable("candidate_event")
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("ordinal", "integer", (column) => column.notNull())
        .addColumn("id", "text", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("reason", "text")
        .addColumn("url", "text")
        .addPrimaryKeyConstraint("candidate_event_key", ["repo", "ordinal"])
        .execute();
      await database.schema
        .createTable("answer")
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("ordinal", "integer", (column) => column.notNull())
        .addColumn("kind", "text", (column) => column.notNull())
        .addColumn("about", "text", (column) => column.notNull())
        .addColumn("who", "text", (column) => column.notNull())
        .addColumn("why", "text")
        .addColumn("until", "text")
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("url", "text")
        .addPrimaryKeyConstraint("answer_key", ["repo", "ordinal"])
        .execute();
    },
  },
  "0004-autonomy": {
    async up(database) {
      await database.schema
        .createTable("autonomy")
        .addColumn("repo", "text", (column) => column.notNull())
        .addColumn("ordinal", "integer", (column) => column.notNull())
        .addColumn("rule", "text", (column) => column.notNull())
        .addColumn("level", "text", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("who", "text", (column) => column.notNull())
        .addColumn("why", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("autonomy_key", ["repo", "ordinal"])
        .execute();
    },
  },
  "0005-dead-time": {
    async up(database) {
      await database.schema.alterTable("candidate").addColumn("dead_since", "text").execute();
    },
  },
};
