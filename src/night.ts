import path from "node:path";
import { unwithdrawn } from "./core/answer.ts";
import { answersOfKeeps } from "./core/keep.ts";
import type { NightId, RepoKey } from "./core/names.ts";
import type { NightResult, RepoResult, StageName } from "./core/stage.ts";
import { describeCandidates } from "./describe-candidates.ts";
import type { NamedRepository } from "./io/config-file.ts";
import { recordAnswer } from "./io/answers.ts";
import { readGrants, recordGrant } from "./io/autonomy.ts";
import { lockState } from "./io/database.ts";
import { clearAfterTheDead } from "./io/janitor.ts";
import { readLedger, recordCandidates } from "./io/ledger.ts";
import { resolveLocation } from "./io/location.ts";
import { readNight, writeDetails, writeNight } from "./io/records.ts";
import { readPullRequests, recordPullRequests } from "./io/remembered-pull-requests.ts";
import { recordStanding } from "./io/standing-answers.ts";
import { readStandings } from "./io/standings.ts";
import { recordResurrections } from "./io/taken-back.ts";
import { beginNight, finishNight, finishRepo, openStore, pendingRepos, startRepo, type Store } from "./io/store.ts";
import { planNight, type NightPlan, type NightRequest } from "./night-plan.ts";
import { grantOf } from "./night-policy.ts";
import { postNight } from "./post-digest.ts";
import { runRepo } from "./run-repo.ts";
import { ledgerEntriesOf } from "./settle.ts";
import { openArchive } from "./steps.ts";
import { nightPage, writeNightReports, writeRepoReports } from "./write-reports.ts";

/** A night at work. */
type Running = { readonly plan: NightPlan; readonly store: Store; readonly night: NightId };

/** A night that is over, and where its report is, relative to the folder that the command was given in. */
export type EndedNight = { readonly result: NightResult; readonly reportPath: string };

/**
 * One night: every repository in the order of the configuration, then the report. A night of the same day that was
 * killed is gone on with. Throws NIGHT_LOCKED, INTERRUPTED and what `planNight` throws; a repository never stops it.
 */
export async function runNight(request: NightRequest): Promise<EndedNight> {
  const plan = await planNight(request);
  const { config, repositories, dryRun, now } = plan;
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(config.stateDirectory));
  await clearAfterTheDead(config.stateDirectory);
  const store = resources.use(await openStore(config.stateDirectory));
  const { night, startedAt } = await beginNight(store, {
    day: plan.day,
    now: now().toISOString(),
    dryRun,
    configHash: plan.hash,
    repos: repositories.map(({ key, location }) => ({ repo: key, location })),
  });
  const running = { plan, store, night };
  const settled = await readSettled(running);
  const results: RepoResult[] = [];
  const resultNow = (): NightResult => {
    const ms = Math.max(0, now().getTime() - Date.parse(startedAt));
    return { night, startedAt, ms, dryRun, repos: results };
  };
  for (const [index, repository] of repositories.entries()) {
    const earlier = settled.get(repository.key);
    const result = earlier ?? (await sweepOne(running, repository, index));
    results.push(result);
    // The night's record comes before the note that the repository is done: a restart finds what it relies on.
    await writeNight(plan.reports, resultNow());
    if (earlier === undefined) await noteEnd(running, result);
  }
  const result = resultNow();
  const reportPath = await writeReports(running);
  await postNight(plan, store, result);
  await finishNight(store, night, now().toISOString());
  return { result, reportPath };
}

/** What the killed part of this night finished already, by name. */
async function readSettled({ plan, store, night }: Running): Promise<ReadonlyMap<string, RepoResult>> {
  const pending = new Set(await pendingRepos(store, night));
  if (plan.repositories.every(({ key }) => pending.has(key))) return new Map();
  const { repos } = await readNight(plan.reports.directory, night);
  return new Map(repos.flatMap((repo) => (pending.has(repo.repo) ? [] : [[repo.repo, repo] as const])));
}

async function sweepOne(running: Running, repository: NamedRepository, index: number): Promise<RepoResult> {
  const { plan, store, night } = running;
  const { terminal, now, repositories } = plan;
  await startRepo(store, { night, repo: repository.key, now: now().toISOString() });
  const position = { index: index + 1, total: repositories.length };
  const result = await runRecorded(running, repository, {
    onProgress: (stage, detail) => {
      terminal.progress({ repo: repository.key, stage, position, ...(detail === undefined ? {} : { detail }) });
    },
  });
  terminal.progress(null);
  return result;
}

/** Runs the stages of a repository with their records; `from` makes it a replay. */
export async function runRecorded(
  { plan, store, night }: Running,
  repository: NamedRepository,
  how: { readonly onProgress: (stage: StageName, detail?: string) => void; readonly from?: StageName },
): Promise<RepoResult> {
  const { config, policy, forges, mask, reports, now, signal } = plan;
  const { stateDirectory, limits, sandbox, installHosts, directory } = config;
  const { key, location } = repository;
  const forge = forges.get(key);
  if (forge === undefined) throw new Error(`no forge was planned for ${key}`);
  const from = how.from === undefined ? {} : { from: how.from };
  const { result } = await runRepo({
    repository,
    location: await resolveLocation(location, { directory, stateDirectory, signal }),
    stateDirectory,
    limits,
    sandbox,
    installHosts,
    policy,
    goal: {
      kind: "publish",
      forge,
      remember: (pullRequests) => recordPullRequests(store, { night, repo: key, pullRequests }),
      note: (entry) => recordStanding(store, { night, repo: key, at: now().toISOString(), entry }),
    },
    night,
    archive: await openArchive({ store, reports, night, repo: key, ...from }),
    ledger: await readLedger(store, key),
    track: { pullRequests: await readPullRequests(store, key), grants: await readGrants(store, key) },
    mask,
    now,
    signal,
    onProgress: how.onProgress,
    onFound: (found) => writeDetails(reports, { night, repo: key }, describeCandidates(found)),
  });
  return result;
}

/** Notes in the store how a repository ended and what became of its candidates. */
export async function noteEnd({ plan, store, night }: Running, result: RepoResult): Promise<void> {
  const { repo, stopped } = result;
  if (result.stages.find !== undefined)
    await recordCandidates(store, { night, repo, candidates: ledgerEntriesOf(result) });
  await recordResurrections(store, { night, repo, resurrected: result.stages.decide?.resurrected ?? [] });
  if (!plan.dryRun) await recordKeeps(store, repo, result, plan.now().toISOString());
  if (!plan.dryRun)
    for (const change of result.stages.decide?.trust?.demotions ?? [])
      await recordGrant(store, repo, grantOf(change, plan.now().toISOString()));
  await writeRepoReports(plan.reports, night, repo);
  const end = { night, repo, now: plan.now().toISOString() };
  await finishRepo(store, stopped === undefined ? end : { ...end, stopped });
}

/** What annotations in the code say is remembered like any other no, and forgotten when they are gone. */
async function recordKeeps(store: Store, repo: RepoKey, { stages }: RepoResult, now: string): Promise<void> {
  if (stages.find === undefined) return;
  const before = unwithdrawn((await readLedger(store, repo)).answers);
  for (const answer of answersOfKeeps(stages.find.keeps ?? [], before, now)) await recordAnswer(store, repo, answer);
}

/** Writes the night's report and says where it is. */
export async function writeReports({ plan, store, night }: Running): Promise<string> {
  const standings = await readStandings(
    store,
    plan.repositories.map(({ key }) => key),
  );
  await writeNightReports(plan.reports, night, standings);
  return path.relative(plan.currentDirectory, path.join(plan.reports.directory, night, nightPage));
}
