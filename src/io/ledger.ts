import { z } from "zod";
import { candidateId, type CandidateId, type NightId, type RepoKey } from "../core/names.ts";
import type { PullRequest } from "../core/pull-request.ts";
import type { Store } from "./store.ts";

/** What can become of a candidate; an answer stands until the candidate's own code changes, and so its id. */
const ledgerStates = {
  reported: { answer: false },
  untested: { answer: false },
  proposed: { answer: true },
  culprit: { answer: true },
  merged: { answer: true },
  closed: { answer: true },
} as const satisfies Record<string, { readonly answer: boolean }>;

/** What became of a candidate. `culprit`: it broke a check; `closed`: a person said no. */
export type LedgerState = keyof typeof ledgerStates;

/** What the ledger remembers of one candidate. */
export type LedgerEntry = {
  readonly id: CandidateId;
  readonly state: LedgerState;
  readonly reason: string | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
};

const openStates = Object.entries(ledgerStates).flatMap(([state, { answer }]) => (answer ? [] : [state]));
const stateSchema = z.enum(Object.keys(ledgerStates) as [LedgerState, ...LedgerState[]]);

/**
 * Notes what became of a repository's candidates tonight. Being seen again does not undo an answer. A dry night leaves
 * no trace here.
 */
export async function recordCandidates(
  store: Store,
  seen: {
    readonly night: NightId;
    readonly repo: RepoKey;
    readonly candidates: readonly { readonly id: CandidateId; readonly state: LedgerState; readonly reason?: string }[];
  },
): Promise<void> {
  const { night, repo } = seen;
  if (await isDry(store, night)) return;
  await store.database.transaction().execute(async (transaction) => {
    for (const { id, state, reason = null } of seen.candidates) {
      await transaction
        .insertInto("candidate")
        .values({ repo, id, state, reason, first_seen: night, last_seen: night })
        .onConflict((conflict) => conflict.columns(["repo", "id"]).doUpdateSet({ last_seen: night }))
        .execute();
      const update = transaction
        .updateTable("candidate")
        .set({ state, reason })
        .where("repo", "=", repo)
        .where("id", "=", id);
      const overwritable = ledgerStates[state].answer ? update : update.where("state", "in", openStates);
      await overwritable.execute();
    }
  });
}

/**
 * Notes the pull requests of a repository as the forge knows them, and with them the answers to their candidates. A
 * dry night leaves no trace here.
 */
export async function recordPullRequests(
  store: Store,
  seen: {
    readonly night: NightId;
    readonly repo: RepoKey;
    readonly pullRequests: readonly (PullRequest & { readonly head: string })[];
  },
): Promise<void> {
  const { night, repo, pullRequests } = seen;
  if (await isDry(store, night)) return;
  await store.database.transaction().execute(async (transaction) => {
    for (const { branch, number, url, state, candidates, head } of pullRequests) {
      const values = { number, url, state, candidates: JSON.stringify(candidates), head };
      await transaction
        .insertInto("pull_request")
        .values({ repo, branch, night, ...values })
        .onConflict((conflict) => conflict.columns(["repo", "branch"]).doUpdateSet(values))
        .execute();
    }
  });
  const answers = { open: "proposed", merged: "merged", closed: "closed" } as const;
  const candidates = pullRequests.flatMap((pullRequest) =>
    pullRequest.candidates.map((id) => ({ id, state: answers[pullRequest.state], reason: pullRequest.url })),
  );
  await recordCandidates(store, { night, repo, candidates });
}

/** What is remembered of a repository's candidates, by their ids. */
export async function readLedger(store: Store, repo: RepoKey): Promise<ReadonlyMap<CandidateId, LedgerEntry>> {
  const rows = await store.database
    .selectFrom("candidate")
    .selectAll()
    .where("repo", "=", repo)
    .orderBy("id")
    .execute();
  const entries = rows.map((row) => ({
    id: candidateId(row.id),
    state: stateSchema.parse(row.state),
    reason: row.reason,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  }));
  return new Map(entries.map((entry) => [entry.id, entry]));
}

async function isDry(store: Store, night: NightId): Promise<boolean> {
  const row = await store.database.selectFrom("night").select("dry_run").where("id", "=", night).executeTakeFirst();
  return row?.dry_run !== 0;
}
