import path from "node:path";
import { unwithdrawn } from "./core/answer.ts";
import { NightsweepError, toErrorRecord } from "./core/errors.ts";
import { answersOfKeeps } from "./core/keep.ts";
import type { NightId, RepoKey } from "./core/names.ts";
import type { NightResult, RepoResult, StageName } from "./core/stage.ts";
import { describeCandidates } from "./describe-candidates.ts";
import type { NamedRepository } from "./io/config-file.ts";
import { recordAnswer } from "./io/answers.ts";
import { readGrants, recordGrant } from "./io/autonomy.ts";
import { lockState } from "./io/database.ts";
import { clearAfterTheDead } from "./io/janitor.ts";
import { readLease } from "./io/leases.ts";
import { readLedger, recordCandidates } from "./io/ledger.ts";
import { resolveLocation } from "./io/location.ts";
import { recordOpinions } from "./io/model-store.ts";
import { readNight, writeDetails, writeNight } from "./io/records.ts";
import { readPullRequests, recordPullRequests } from "./io/remembered-pull-requests.ts";
import { assertRoom, keepWithinLimits } from "./io/retention.ts";
import { recordStanding } from "./io/standing-answers.ts";
import { readStandings } from "./io/standings.ts";
import { recordResurrections } from "./io/taken-back.ts";
import { beginNight, finishNight, finishRepo, openStore, pendingRepos, startRepo, type Store } from "./io/store.ts";
import { expectedMs } from "./io/turns.ts";
import { modelFor } from "./night-model.ts";
import { planNight, type NightPlan, type NightRequest } from "./night-plan.ts";
import { grantOf } from "./night-policy.ts";
import { noteTurn, restingResult, takeTurns, type Turn } from "./night-turns.ts";
import { tellNight } from "./tell-digests.ts";
import { runRepo } from "./run-repo.ts";
import { ledgerEntriesOf } from "./settle.ts";
import { carryOver, openArchive, type WhyLeave } from "./steps.ts";
import { nightPage, writeNightReports, writeRepoReports } from "./write-reports.ts";

/** A night at work. */
type Running = {
  readonly plan: NightPlan;
  readonly store: Store;
  readonly night: NightId;
  /** The name under which a worker of a fleet holds its repository. */
  readonly lease?: string;
};

/** A night that is over, and where its report is, relative to the folder that the command was given in. */
export type EndedNight = { readonly result: NightResult; readonly reportPath: string };

/**
 * One night: every repository in its turn, then the report. A night of the same day that was killed is gone on with, and
 * what a window has no room for goes on the next night. Throws NIGHT_LOCKED, INTERRUPTED and what `planNight` throws; a
 * repository never stops it.
 */
export async function runNight(request: NightRequest): Promise<EndedNight & { readonly left: readonly RepoKey[] }> {
  const plan = await planNight(request);
  const { config, repositories, dryRun, now } = plan;
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(config.stateDirectory));
  await clearAfterTheDead(config.stateDirectory);
  await keepWithinLimits(config, now());
  const store = resources.use(await openStore(config.stateDirectory, config.databaseUrl));
  const { night, startedAt } = await beginNight(store, {
    day: plan.day,
    now: now().toISOString(),
    dryRun,
    configHash: plan.hash,
    repos: repositories.map(({ key, location }) => ({ repo: key, location })),
    ...(plan.window === undefined ? {} : { closes: plan.window.closes }),
  });
  const running = { plan, store, night };
  const results = new Map(await readSettled(running));
  const resultNow = (): NightResult => {
    const left = leftOf(plan, results);
    const ms = Math.max(0, now().getTime() - Date.parse(startedAt));
    const repos = repositories.flatMap(({ key }) => results.get(key) ?? []);
    return { night, startedAt, ms, dryRun, repos, ...(left.length === 0 ? {} : { left }) };
  };
  await sweepInTurn(running, results, async (turn, result) => {
    results.set(result.repo, result);
    // The night's record comes before the note that the repository is done: a restart finds what it relies on.
    await writeNight(plan.reports, resultNow());
    await noteEnd(running, result);
    await noteTurn(plan, store, turn, result);
  });
  const result = resultNow();
  await writeNight(plan.reports, result);
  const reportPath = await writeReports(running);
  await tellNight(plan, store, result);
  await finishNight(store, night, now().toISOString());
  return { result, reportPath, left: leftOf(plan, results) };
}

/** Sweeps what has no result yet, one repository after the other, until the window closes. */
async function sweepInTurn(
  running: Running,
  settled: ReadonlyMap<string, RepoResult>,
  onEnd: (turn: Turn, result: RepoResult) => Promise<void>,
): Promise<void> {
  const { plan, store, night } = running;
  if (isOver(plan)) return;
  const turns = await takeTurns(plan, store, night);
  for (const [index, turn] of turns.entries()) {
    if (settled.has(turn.repository.key)) continue;
    if (plan.window?.leave.aborted === true) throw new NightsweepError("INTERRUPTED", "before the next repository");
    await assertRoom(plan.config);
    const result = restingResult(plan, turn) ?? (await sweepTurn(running, turn, index));
    if (result !== null) await onEnd(turn, result);
    if (isOver(plan)) return;
  }
}

function isOver({ window, now }: NightPlan): boolean {
  return window !== undefined && (window.closing.aborted || now() >= window.closes);
}

function leftOf({ window, repositories }: NightPlan, results: ReadonlyMap<string, RepoResult>): readonly RepoKey[] {
  return window === undefined ? [] : repositories.flatMap(({ key }) => (results.has(key) ? [] : [key]));
}

/** What the killed part of this night finished already, by name. */
async function readSettled({ plan, store, night }: Running): Promise<ReadonlyMap<string, RepoResult>> {
  const pending = new Set(await pendingRepos(store, night));
  if (plan.repositories.every(({ key }) => pending.has(key))) return new Map();
  const { repos } = await readNight(plan.reports.directory, night);
  return new Map(repos.flatMap((repo) => (pending.has(repo.repo) ? [] : [[repo.repo, repo] as const])));
}

/** Sweeps one repository; null when the window has no room for what is left of it. */
export async function sweepTurn(running: Running, turn: Turn, index: number): Promise<RepoResult | null> {
  const { plan, store, night } = running;
  const { terminal, now, repositories, window } = plan;
  const { repository, fingerprint, head, left } = turn;
  const repo = repository.key;
  await startRepo(store, { night, repo, now: now().toISOString(), fingerprint });
  if (left?.fingerprint === fingerprint && head !== null)
    await carryOver({ store, reports: plan.reports, night, repo }, { night: left.night, head });
  const position = { index: index + 1, total: repositories.length };
  try {
    return await runRecorded(running, repository, {
      onProgress: (stage, detail) => {
        terminal.progress({ repo, stage, position, ...(detail === undefined ? {} : { detail }) });
      },
    });
  } catch (error) {
    // Whoever asked the night to leave goes on with it; what had no room waits for the next one.
    const isAskedToEnd = window === undefined || window.leave.aborted || plan.signal.aborted;
    if (isAskedToEnd || toErrorRecord(error).code !== "INTERRUPTED") throw error;
    return null;
  } finally {
    terminal.progress(null);
  }
}

/** Whether a repository is still this process's to sweep; without a fleet it always is. */
export async function holdsLease({ store, night, lease }: Running, repo: RepoKey): Promise<boolean> {
  return lease === undefined || (await readLease(store, { night, repo })) === lease;
}

/** Asked before each stage: a stage that took longer in one of the last nights than there is time is not begun. */
function whyLeave(running: Running, repo: RepoKey): WhyLeave {
  const { plan, store } = running;
  const { window, now } = plan;
  return async (stage) => {
    if (window === undefined) return null;
    if (window.leave.aborted) return "the night was asked to end";
    if (!(await holdsLease(running, repo))) return "another worker has it";
    const rest = window.closes.getTime() - now().getTime();
    if (rest <= 0) return "the window is over";
    const expected = await expectedMs(store, repo, stage);
    return expected !== null && expected > rest ? "it would not be done before the window closes" : null;
  };
}

/** Runs the stages of a repository with their records; `from` makes it a replay. */
export async function runRecorded(
  running: Running,
  repository: NamedRepository,
  how: { readonly onProgress: (stage: StageName, detail?: string) => void; readonly from?: StageName },
): Promise<RepoResult> {
  const { plan, store, night } = running;
  const { config, policy, forges, mask, reports, now, window } = plan;
  const signal = window === undefined ? plan.signal : AbortSignal.any([plan.signal, window.closing]);
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
    principles: plan.principles,
    openModel: (own) => modelFor(plan.model, { store, night, repo: key, operator: policy }, own),
    mask,
    now,
    signal,
    whyLeave: whyLeave(running, key),
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
  await recordOpinions(store, { night, repo }, result.stages.decide);
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
