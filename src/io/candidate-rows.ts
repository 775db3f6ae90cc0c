import { z } from "zod";
import { ledgerStates, nextState, type LedgerEntry, type LedgerState } from "../core/ledger.ts";
import { candidateId, type CandidateId, type NightId, type RepoKey } from "../core/names.ts";
import type { Database, Tables } from "./database.ts";
import type { Store } from "./store.ts";

/** Something that happened to a candidate outside the stages of a night. */
export type CandidateOutcome = {
  readonly id: CandidateId;
  readonly state: LedgerState;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly reason?: string | null;
  readonly url?: string | null;
  /** Whether it was merged just as it was proposed. */
  readonly untouched?: boolean | null;
};

/** The text of a state in the store. */
export const stateSchema = z.enum(ledgerStates);
const memberSchema = z.array(
  z.object({ file: z.string(), name: z.string(), hash: z.string().nullable(), isShared: z.boolean() }),
);

/** Notes something that happened to a candidate, inside a transaction of the caller; gives whether it changed anything. */
export async function noteOutcome(database: Database, repo: RepoKey, outcome: CandidateOutcome): Promise<boolean> {
  const { id, state, at, reason = null, url = null, untouched } = outcome;
  const known = await upsertCandidate(database, { repo, id, state, night: at.slice(0, 10) });
  const merge = {
    ...(state === "merged" ? { merged_at: at } : {}),
    ...(untouched === undefined || untouched === null ? {} : { untouched: Number(untouched) }),
    ...(url === null ? {} : { url }),
  };
  if (Object.keys(merge).length > 0) await candidateUpdate(database, repo, id).set(merge).execute();
  return moveOn(database, known, { repo, id, state, at, reason, url });
}

/** A row as an entry of the ledger. */
export function entryOf(row: Tables["candidate"]): LedgerEntry {
  return {
    id: candidateId(row.id),
    state: stateSchema.parse(row.state),
    since: row.since ?? row.last_seen.slice(0, 10),
    reason: row.reason,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    deadSince: row.dead_since,
    subject: row.file === null || row.name === null ? null : { file: row.file, name: row.name },
    members: row.members === null ? [] : memberSchema.parse(JSON.parse(row.members)),
    rule: row.rule,
    url: row.url,
    mergedAt: row.merged_at,
    untouched: row.untouched === null ? null : row.untouched === 1,
  };
}

/** Whether a night is dry, so that it must leave no trace; one that the store does not know is. */
export async function isDry(store: Store, night: NightId): Promise<boolean> {
  const row = await store.database.selectFrom("night").select("dry_run").where("id", "=", night).executeTakeFirst();
  return row?.dry_run !== 0;
}

type Change = {
  readonly repo: RepoKey;
  readonly id: CandidateId;
  readonly state: LedgerState;
  readonly at: string;
  readonly reason: string | null;
  readonly url: string | null;
};

/** Makes the row of a candidate if there is none; gives the state that it was in, null for a new one. */
export async function upsertCandidate(
  database: Database,
  { repo, id, state, night }: { repo: RepoKey; id: CandidateId; state: LedgerState; night: string },
): Promise<LedgerState | null> {
  const row = await database
    .selectFrom("candidate")
    .select("state")
    .where("repo", "=", repo)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return stateSchema.parse(row.state);
  await database
    .insertInto("candidate")
    .values({
      ...{ repo, id, state, first_seen: night, last_seen: night, reason: null, since: null, file: null, name: null },
      ...{ members: null, rule: null, url: null, merged_at: null, untouched: null, dead_since: null },
    })
    .execute();
  return null;
}

/** Changes the state where what happened does that, and adds the event. */
export async function moveOn(database: Database, before: LedgerState | null, change: Change): Promise<boolean> {
  const { repo, id, state, at, reason, url } = change;
  if (before !== null && nextState(before, state) === null) return false;
  await candidateUpdate(database, repo, id)
    .set({ state, reason, since: at, ...(url === null ? {} : { url }) })
    .execute();
  const ordinal = await nextOrdinal(database, "candidate_event", repo);
  await database.insertInto("candidate_event").values({ repo, ordinal, id, at, state, reason, url }).execute();
  return true;
}

/** The place of the next row of a repository in a table that only grows. */
export async function nextOrdinal(
  database: Database,
  table: "candidate_event" | "answer",
  repo: RepoKey,
): Promise<number> {
  const last = await database
    .selectFrom(table)
    .select(({ fn }) => fn.max("ordinal").as("ordinal"))
    .where("repo", "=", repo)
    .executeTakeFirst();
  return (last?.ordinal ?? 0) + 1;
}

/** An update of the row of one candidate. */
export function candidateUpdate(database: Database, repo: RepoKey, id: CandidateId) {
  return database.updateTable("candidate").where("repo", "=", repo).where("id", "=", id);
}
