import { candidateId, type CandidateId, type NightId, type RepoKey } from "../core/names.ts";
import type { PullRequest } from "../core/pull-request.ts";
import { noteAnswer } from "./answers.ts";
import { isDry, noteOutcome } from "./candidate-rows.ts";
import type { Database } from "./database.ts";
import type { Store } from "./store.ts";

/** How a pull request ended, as far as the forge says. */
type Ending = {
  readonly at: string;
  /** Who merged or closed it; null when the forge does not say. */
  readonly by: string | null;
  /** Closed by ourselves, which is no answer of a person. */
  readonly byUs?: boolean;
  /** What was said when it was closed. */
  readonly why?: string | null;
  /** Merged just as it was proposed. */
  readonly untouched?: boolean | null;
};

/** A pull request as the forge knows it, with its end if the forge says more than its state. */
export type SeenPullRequest = PullRequest & { readonly head: string; readonly ending?: Ending };

/** A pull request as it is remembered. */
export type RememberedPullRequest = {
  readonly branch: string;
  readonly number: number;
  readonly url: string;
  readonly state: PullRequest["state"];
  readonly candidates: readonly CandidateId[];
  /** The night that saw it first. */
  readonly night: string;
  readonly endedAt: string | null;
  readonly untouched: boolean | null;
};

/**
 * Notes the pull requests of a repository as the forge knows them, and with them what became of their candidates: one
 * that a person closed is an answer to each of them, and opening it again takes that back. A dry night leaves no trace.
 */
export async function recordPullRequests(
  store: Store,
  seen: { readonly night: NightId; readonly repo: RepoKey; readonly pullRequests: readonly SeenPullRequest[] },
): Promise<void> {
  const { night, repo, pullRequests } = seen;
  if (await isDry(store, night)) return;
  await store.database.transaction().execute(async (transaction) => {
    for (const pullRequest of pullRequests) {
      const before = await upsertPullRequest(transaction, { night, repo, pullRequest });
      const at = pullRequest.ending?.at ?? before?.ended_at ?? night.slice(0, 10);
      for (const id of pullRequest.candidates)
        await noteState(transaction, { repo, id, at, pullRequest, wasClosed: before?.state === "closed" });
    }
  });
}

/** The pull requests of a repository, the one that ended last first, then those that are open. */
export async function readPullRequests(store: Store, repo: RepoKey): Promise<readonly RememberedPullRequest[]> {
  const rows = await store.database
    .selectFrom("pull_request")
    .selectAll()
    .where("repo", "=", repo)
    .orderBy("ended_at", "desc")
    .orderBy("number", "desc")
    .execute();
  return rows.map(({ branch, number, url, state, candidates, night, ended_at, untouched }) => ({
    branch,
    number,
    url,
    state,
    candidates: idsOf(candidates),
    night,
    endedAt: ended_at,
    untouched: untouched === null ? null : untouched === 1,
  }));
}

/** The candidates of a row. */
export function idsOf(text: string): readonly CandidateId[] {
  const ids: unknown = JSON.parse(text);
  return Array.isArray(ids) ? ids.map((id) => candidateId(String(id))) : [];
}

async function upsertPullRequest(
  database: Database,
  seen: { readonly night: NightId; readonly repo: RepoKey; readonly pullRequest: SeenPullRequest },
): Promise<{ readonly state: PullRequest["state"]; readonly ended_at: string | null } | undefined> {
  const { night, repo, pullRequest } = seen;
  const { branch, number, url, state, candidates, head } = pullRequest;
  const before = await database
    .selectFrom("pull_request")
    .select(["state", "ended_at"])
    .where("repo", "=", repo)
    .where("branch", "=", branch)
    .executeTakeFirst();
  const end = endOf(pullRequest, before?.ended_at ?? night.slice(0, 10));
  const values = { number, url, state, candidates: JSON.stringify(candidates), head, ...end };
  await database
    .insertInto("pull_request")
    .values({ repo, branch, night, ...values })
    .onConflict((conflict) => conflict.columns(["repo", "branch"]).doUpdateSet(values))
    .execute();
  return before;
}

/** How it ended, as a row says it; `fallback` is when we first saw that it had. */
function endOf({ state, ending }: SeenPullRequest, fallback: string) {
  if (state === "open") return { ended_at: null, ended_by: null, untouched: null };
  const untouched = ending?.untouched ?? null;
  return {
    ended_at: ending?.at ?? fallback,
    ended_by: ending?.byUs === true ? "nightsweep" : (ending?.by ?? null),
    untouched: untouched === null ? null : Number(untouched),
  };
}

type SeenState = {
  readonly repo: RepoKey;
  readonly id: CandidateId;
  readonly at: string;
  readonly pullRequest: SeenPullRequest;
  readonly wasClosed: boolean;
};

async function noteState(database: Database, seen: SeenState): Promise<void> {
  const { repo, id, at, pullRequest, wasClosed } = seen;
  const { url, state, ending } = pullRequest;
  switch (state) {
    case "open":
      if (wasClosed) await noteAnswer(database, repo, { ...answerBy(seen), kind: "withdraw", why: null });
      await noteOutcome(database, repo, { id, state: "proposed", at, reason: url, url });
      return;
    case "merged": {
      const untouched = ending?.untouched ?? null;
      await noteOutcome(database, repo, { id, state: "merged", at, reason: url, url, untouched });
      return;
    }
    case "closed":
      // What we closed ourselves nobody has said no to.
      if (ending?.byUs === true) await noteOutcome(database, repo, { id, state: "expired", at });
      else await noteAnswer(database, repo, { ...answerBy(seen), kind: "close", why: ending?.why ?? null });
      return;
    default:
      state satisfies never;
  }
}

function answerBy({ id, at, pullRequest: { url, ending } }: SeenState) {
  const about = { kind: "candidate", id } as const;
  return { about, who: ending?.by ?? "somebody", source: "closed-pull-request", at, url, until: null } as const;
}
