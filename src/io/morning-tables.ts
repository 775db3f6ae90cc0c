import type { Database } from "./database.ts";

/** What mornings remember. */
export type MorningTables = {
  /** What a channel was told on a day; `covered` is how far the digest of that day went. */
  digest: {
    channel: string;
    day: string;
    state: string;
    claimed_at: string;
    covered: string;
    attempts: number;
  };
  /** A night that threw as a whole, until the channels have heard of it. */
  night_failure: { at: string; day: string; error: string };
};

/** The tables of what channels were told, and of nights that failed as a whole. */
export async function createMorningTables(database: Database): Promise<void> {
  await database.schema
    .createTable("digest")
    .addColumn("channel", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("claimed_at", "text", (column) => column.notNull())
    .addColumn("covered", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("digest_key", ["channel", "day"])
    .execute();
  await database.schema
    .createTable("night_failure")
    .addColumn("at", "text", (column) => column.primaryKey())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("error", "text", (column) => column.notNull())
    .execute();
}
