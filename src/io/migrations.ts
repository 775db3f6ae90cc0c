import type { Migration } from "kysely/migration";
import { createModelTables } from "./model-tables.ts";
import { createMorningTables } from "./morning-tables.ts";

/** In order of their names; one that has run anywhere is never changed, a new one is added. */
export const migrations: Readonly<Record<string, Migration>> = {
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
  "0006-turns": {
    async up(database) {
      await database.schema.alterTable("night").addColumn("closes_at", "text").execute();
      await database.schema.alterTable("repo_run").addColumn("fingerprint", "text").execute();
      await database.schema
        .createTable("turn")
        .addColumn("repo", "text", (column) => column.primaryKey())
        .addColumn("day", "text", (column) => column.notNull())
        .addColumn("head", "text", (column) => column.notNull())
        .addColumn("fingerprint", "text", (column) => column.notNull())
        .addColumn("at_rest", "integer", (column) => column.notNull())
        .addColumn("failures", "integer", (column) => column.notNull())
        .addColumn("ms", "integer", (column) => column.notNull())
        .execute();
    },
  },
  "0007-model": { up: createModelTables },
  "0008-morning": { up: createMorningTables },
  "0009-leases": {
    async up(database) {
      await database.schema.alterTable("repo_run").addColumn("lease", "text").execute();
    },
  },
};
