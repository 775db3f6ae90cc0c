import type { Ledger, LedgerEvent, LedgerState, RememberedMember } from "../core/ledger.ts";
import { candidateId, type CandidateId, type NightId, type RepoKey, type RepoPath } from "../core/names.ts";
import { readAnswers } from "./answers.ts";
import {
  candidateUpdate,
  entryOf,
  isDry,
  moveOn,
  noteOutcome,
  stateSchema,
  upsertCandidate,
  type CandidateOutcome,
} from "./candidate-rows.ts";
import type { Store } from "./store.ts";

/** What a night saw of one candidate; what is left out stays as it is remembered. */
export type SeenCandidate = {
  readonly id: CandidateId;
  readonly state: LedgerState;
  readonly reason?: string;
  readonly url?: string;
  readonly subject?: { readonly file: RepoPath; readonly name: string };
  readonly members?: readonly RememberedMember[];
  /** The rule that proposed it. */
  readonly rule?: string;
  /** The date since which every night found it dead. */
  readonly deadSince?: string;
};

/**
 * Notes what became of a repository's candidates tonight, which are all that it has. Being seen again does not undo an answer. A dry night leaves
 * no trace here.
 */
export async function recordCandidates(
  store: Store,
  seen: { readonly night: NightId; readonly repo: RepoKey; readonly candidates: readonly SeenCandidate[] },
): Promise<void> {
  const { night, repo } = seen;
  if (await isDry(store, night)) return;
  await store.database.transaction().execute(async (transaction) => {
    for (const { id, state, reason, url, subject, members, rule, deadSince } of seen.candidates) {
      const known = await upsertCandidate(transaction, { repo, id, state, night });
      const facts = {
        last_seen: night,
        ...(subject === undefined ? {} : subject),
        ...(members === undefined ? {} : { members: JSON.stringify(members) }),
        ...(rule === undefined ? {} : { rule }),
        ...(deadSince === undefined ? {} : { dead_since: deadSince }),
      };
      await candidateUpdate(transaction, repo, id).set(facts).execute();
      const at = night.slice(0, 10);
      await moveOn(transaction, known, { repo, id, state, at, reason: reason ?? null, url: url ?? null });
    }
    // What this night did not find was used, changed or gone: if it is found again, its time begins anew.
    const unseen = transaction.updateTable("candidate").where("repo", "=", repo).where("last_seen", "<", night);
    await unseen.set({ dead_since: null }).execute();
  });
}

/**
 * Notes something that happened to a candidate: a merge, a revert, that it came back, that it is kept. What a later state
 * has settled is left as it is, and the same thing is noted once. Gives whether anything changed.
 */
export async function recordOutcome(store: Store, repo: RepoKey, outcome: CandidateOutcome): Promise<boolean> {
  return store.database.transaction().execute((transaction) => noteOutcome(transaction, repo, outcome));
}

/** What is remembered of a repository: each candidate with its state, and each answer in the order it was given. */
export async function readLedger(store: Store, repo: RepoKey): Promise<Ledger> {
  const rows = await store.database
    .selectFrom("candidate")
    .selectAll()
    .where("repo", "=", repo)
    .orderBy("id")
    .execute();
  return { entries: rows.map(entryOf), answers: await readAnswers(store, repo) };
}

/** What happened to one candidate, or to all of a repository, in the order in which it was noted. */
export async function readEvents(store: Store, repo: RepoKey, id?: CandidateId): Promise<readonly LedgerEvent[]> {
  const all = store.database.selectFrom("candidate_event").selectAll().where("repo", "=", repo);
  const rows = await (id === undefined ? all : all.where("id", "=", id)).orderBy("ordinal").execute();
  return rows.map((row) => ({
    id: candidateId(row.id),
    at: row.at,
    state: stateSchema.parse(row.state),
    reason: row.reason,
    url: row.url,
  }));
}
