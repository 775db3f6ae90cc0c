import { NightsweepError } from "./core/errors.ts";
import { repoKey, type NightId } from "./core/names.ts";
import type { StageName } from "./core/stage.ts";
import { lockState } from "./io/database.ts";
import { readNight, writeNight } from "./io/records.ts";
import { openStore } from "./io/store.ts";
import { noteEnd, runRecorded, writeReports, type EndedNight } from "./night.ts";
import { planNight, type NightRequest } from "./night-plan.ts";

/**
 * Runs one repository of a recorded night again from a stage on. Earlier stages are read from their records, later ones
 * are recorded anew. A replay of a dry night is dry. Throws NOT_FOUND with the repositories that the night has.
 */
export async function replay(
  request: NightRequest,
  what: { readonly night: NightId; readonly repo: string; readonly from: StageName },
): Promise<EndedNight> {
  const { config } = request;
  const recorded = await readNight(config.reportsDirectory, what.night);
  const before = recorded.repos.find(({ repo }) => repo === what.repo);
  if (before === undefined)
    throw new NightsweepError(
      "NOT_FOUND",
      `repository ${what.repo} in night ${what.night}; there are ${recorded.repos.map(({ repo }) => repo).join(", ")}`,
    );
  const configured = config.repositories.find(({ key }) => key === before.repo);
  const repository = configured ?? { key: repoKey(before.repo), location: before.location };
  const dryRun = request.dryRun || recorded.dryRun;
  const plan = await planNight({ ...request, repositories: [repository], dryRun });
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(config.stateDirectory));
  const store = resources.use(await openStore(config.stateDirectory, config.databaseUrl));
  const running = { plan, store, night: what.night };
  const result = await runRecorded(running, repository, {
    from: what.from,
    onProgress: (stage, detail) => {
      plan.terminal.progress({ repo: repository.key, stage, ...(detail === undefined ? {} : { detail }) });
    },
  });
  plan.terminal.progress(null);
  const repos = recorded.repos.map((repo) => (repo.repo === before.repo ? result : repo));
  await writeNight(plan.reports, { ...recorded, repos });
  await noteEnd(running, result);
  const reportPath = await writeReports(running);
  return { result: { ...recorded, dryRun, repos: [result] }, reportPath };
}
