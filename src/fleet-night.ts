import { NightsweepError } from "./core/errors.ts";
import type { NightId, RepoKey } from "./core/names.ts";
import { addToNight, readNight, writeNight } from "./io/records.ts";
import { claimRepo } from "./io/leases.ts";
import { beginNight, finishNight, finishRepo, openStore, pendingRepos, type Store } from "./io/store.ts";
import { abandoned } from "./io/queue.ts";
import { holdsLease, noteEnd, sweepTurn, writeReports } from "./night.ts";
import { planNight, type NightPlan, type NightRequest } from "./night-plan.ts";
import { noteTurn, restingResult, takeTurns } from "./night-turns.ts";
import { tellNight } from "./tell-digests.ts";

/** The repository of a night that a worker took, and the name under which it holds it. */
export type Part = { readonly night: NightId; readonly repo: RepoKey; readonly lease: string };

/**
 * Begins the night of a window, or finds the one that another worker began, and gives what of it is not done. Workers may
 * have another configuration or version than the one that began it: the repositories are those that it began with.
 */
export async function openFleetNight(
  plan: NightPlan,
  store: Store,
  closes: Date,
): Promise<{ readonly night: NightId; readonly pending: readonly string[] }> {
  const startedAt = plan.now().toISOString();
  const begun = await beginNight(store, {
    ...{ day: plan.day, now: startedAt, dryRun: false, configHash: "fleet", closes },
    repos: plan.repositories.map(({ key, location }) => ({ repo: key, location })),
  });
  const { night } = begun;
  if (!begun.resumed) await writeNight(plan.reports, { night, startedAt, ms: 0, dryRun: false, repos: [] });
  return { night, pending: await pendingRepos(store, night) };
}

/**
 * Sweeps one repository for the fleet. What another worker has taken over in the meantime is left to it: a record of a
 * stage, a pull request or a result is only written by who holds the repository. Throws INTERRUPTED.
 */
export async function sweepPart(request: NightRequest, part: Part): Promise<"settled" | "stopped" | "left"> {
  const { night, repo, lease } = part;
  const repositories = request.repositories.filter(({ key }) => key === repo);
  const plan = await planNight({ ...request, repositories });
  const { stateDirectory, databaseUrl } = plan.config;
  await using store = await openStore(stateDirectory, databaseUrl);
  const [turn] = await takeTurns(plan, store, night);
  // A worker with an older configuration may not know it, and another one may have ended it already.
  if (turn === undefined || !(await pendingRepos(store, night)).includes(repo)) return "left";
  await claimRepo(store, part);
  const running = { plan, store, night, lease };
  const result = restingResult(plan, turn) ?? (await sweepTurn(running, turn, 0));
  if (result === null) return "left";
  if (!(await holdsLease(running, repo))) throw new NightsweepError("INTERRUPTED", `${repo} has another worker`);
  await store.exclusively("add to a night", () => addToNight(plan.reports, night, result));
  await noteEnd(running, result);
  await noteTurn(plan, store, turn, result);
  return result.stopped === undefined ? "settled" : "stopped";
}

/** Notes that no worker could end a repository, so that the night does not wait for it. */
export async function abandonPart(plan: NightPlan, store: Store, { night, repo }: Omit<Part, "lease">): Promise<void> {
  const location = plan.repositories.find(({ key }) => key === repo)?.location ?? repo;
  const stopped = { stage: "checkout" as const, error: abandoned };
  const result = { repo, location, stages: {}, ms: {}, stopped };
  await store.exclusively("add to a night", () => addToNight(plan.reports, night, result));
  await finishRepo(store, { night, repo, now: plan.now().toISOString(), stopped });
}

/** Ends a night with its report and its digest, once: of several that come to it the others find it ended. */
export async function endFleetNight(plan: NightPlan, store: Store, night: NightId): Promise<void> {
  await store.exclusively("end a night", async (transaction) => {
    const row = await transaction.selectFrom("night").select("finished_at").where("id", "=", night).executeTakeFirst();
    if (row?.finished_at !== null) return;
    const recorded = await readNight(plan.reports.directory, night);
    const pending = new Set(await pendingRepos(store, night));
    const left = plan.repositories.flatMap(({ key }) => (pending.has(key) ? [key] : []));
    const ms = Math.max(0, plan.now().getTime() - Date.parse(recorded.startedAt));
    const result = { ...recorded, ms, ...(left.length === 0 ? {} : { left }) };
    await writeNight(plan.reports, result);
    await writeReports({ plan, store, night });
    await tellNight(plan, store, result);
    await finishNight(store, night, plan.now().toISOString());
  });
}
