import { randomUUID } from "node:crypto";
import { NightsweepError, toErrorRecord } from "./core/errors.ts";
import { dueNight, type DueNight } from "./core/night-due.ts";
import { nightId, repoKey } from "./core/names.ts";
import { abandonPart, endFleetNight, openFleetNight } from "./fleet-night.ts";
import { aborted } from "./io/aborted.ts";
import { loadConfig, type LoadedConfig, type NamedRepository } from "./io/config-file.ts";
import { lockState } from "./io/database.ts";
import { clearAfterTheDead } from "./io/janitor.ts";
import { createLogger, type Logger } from "./io/log.ts";
import { startNightProcess, type NightAtWork } from "./io/night-process.ts";
import { openQueue, type RepositoryJob, type RepositoryQueue } from "./io/queue.ts";
import { assertRoom, keepWithinLimits } from "./io/retention.ts";
import { everyMinute } from "./io/schedule.ts";
import { lastScheduledNight, openStore, type Store } from "./io/store.ts";
import { readLeftRun, readTurn } from "./io/turns.ts";
import { keepMorning } from "./keep-morning.ts";
import { createNightMask, planNight, type NightPlan } from "./night-plan.ts";
import type { Session } from "./session.ts";

/** A worker of a fleet with what it shares with the others. */
type Worker = {
  readonly session: Session;
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly queue: RepositoryQueue;
  readonly logger: Logger;
  /** The processes of the repositories that it has at work, with the end of their window. */
  readonly atWork: Set<{ readonly process: NightAtWork; readonly closes: Date }>;
};

/**
 * Joins the nights of a fleet: takes one repository after the other from the queue, each in a process of its own. Whichever
 * worker looks first begins the night, and whichever finds it done ends it. Throws USAGE without a server.
 */
export async function runWorker(
  session: Session,
  wish: { readonly config: string | undefined; readonly atOnce: number },
): Promise<void> {
  const { currentDirectory, environment, terminal, signal, now } = session;
  const config = await loadConfig(wish.config, currentDirectory);
  const { databaseUrl, stateDirectory } = config;
  if (databaseUrl === undefined)
    throw new NightsweepError("USAGE", "a worker needs databaseUrl in the configuration; one machine needs no worker");
  const write = (line: string): void => {
    terminal.print(line.trimEnd());
  };
  const mask = createNightMask(config, environment);
  const logger = createLogger({ level: "info", destination: { write }, mask });
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(stateDirectory, "daemon"));
  resources.use(lockState(stateDirectory));
  await clearAfterTheDead(stateDirectory);
  await keepWithinLimits(config, now());
  const store = resources.use(await openStore(stateDirectory, databaseUrl));
  const readConfig = () => Promise.resolve(config);
  resources.use(await keepMorning({ ...session, config, readConfig, mask, logger }));
  const complain = (error: Error): void => {
    logger.warn({ error: toErrorRecord(error) }, "The queue complains");
  };
  const queue = resources.use(await openQueue(databaseUrl, complain));
  const worker: Worker = { session, config, store, queue, logger, atWork: new Set() };
  const look = once(() => lookAfterNight(worker));
  await queue.work({ atOnce: wish.atOnce, perGroup: config.repositoriesPerInstallation }, async (job, lost) => {
    await sweep(worker, job, lost);
    await look();
  });
  await queue.giveUp(async (job) => {
    logger.error({ night: job.night, repository: job.repo }, "No worker could end a repository");
    const part = { night: nightId(job.night), repo: repoKey(job.repo) };
    await abandonPart(await planOf(worker, job.night.slice(0, 10)), store, part);
    await look();
  });
  const ticker = everyMinute(look);
  logger.info({ atOnce: wish.atOnce }, "The worker has joined");
  await look();
  await aborted(signal);
  logger.info({ atWork: worker.atWork.size }, "The worker was asked to stop");
  await ticker.stop();
  for (const { process } of worker.atWork) process.leave();
}

/** Begins what is due, offers what waits, and ends what is done. A minute that fails is logged: the next one may go well. */
async function lookAfterNight(worker: Worker): Promise<void> {
  const { config, store, logger, atWork, session } = worker;
  try {
    const now = session.now();
    for (const { process, closes } of atWork) if (now >= closes) process.close();
    const due = dueNight(config.schedule, now, { last: await lastScheduledNight(store), failures: null });
    if (due === null || session.signal.aborted) return;
    const plan = await planOf(worker, due.day);
    const { night, pending } = await openFleetNight(plan, store, due.closes);
    if (pending.length === 0 || now >= due.closes) {
      await endFleetNight(plan, store, night);
      logger.info({ night, left: pending.length }, "The night is over");
      return;
    }
    await offer(worker, { night, pending });
  } catch (error) {
    logger.error({ error: toErrorRecord(error) }, "This minute could not be kept");
  }
}

async function offer(
  { config, store, queue }: Worker,
  { night, pending }: Awaited<ReturnType<typeof openFleetNight>>,
): Promise<void> {
  for (const repository of config.repositories) {
    const { key } = repository;
    if (!pending.includes(key)) continue;
    const wasLeft = (await readLeftRun(store, night, key)) !== null;
    const failed = ((await readTurn(store, key))?.failures ?? 0) > 0;
    await queue.enqueue({ night, repo: key }, { group: groupOf(repository), isUrgent: wasLeft || !failed });
  }
}

/** Repositories of one owner on one forge share the limits of one installation. */
function groupOf({ location, github }: NamedRepository): string {
  return github?.split("/")[0] ?? /[/:]([^/:]+)\/[^/]+$/.exec(location)?.[1] ?? "local";
}

/** Throws when the process of the repository failed, so that another worker tries it. */
async function sweep(worker: Worker, job: RepositoryJob, lost: AbortSignal): Promise<void> {
  const { config, logger, atWork, session } = worker;
  const due = await windowOf(worker, job);
  if (due === null || session.signal.aborted) return;
  await assertRoom(config);
  const log = { night: job.night, repository: job.repo };
  const part = { night: nightId(job.night), repo: repoKey(job.repo), lease: randomUUID() };
  const { currentDirectory } = session;
  const closes = due.closes.toISOString();
  const process = startNightProcess({ config, currentDirectory, day: due.day, closes, part }, (word) => {
    if (word.kind === "stage") logger.info({ ...log, stage: word.stage }, "At work");
    if (word.kind === "complaint") logger.warn({ ...log, complaint: word.text }, "The night complains");
  });
  const entry = { process, closes: due.closes };
  atWork.add(entry);
  // Without a heartbeat the queue gives the repository to another worker, who must find nobody at work.
  lost.addEventListener("abort", process.kill, { once: true });
  const end = await process.ended;
  atWork.delete(entry);
  // What it had started itself is nobody's now.
  if (lost.aborted) await clearAfterTheDead(config.stateDirectory);
  logger.info({ ...log, end: end.kind }, "A repository is done here");
  if (end.kind === "failed") throw new Error(end.error.message);
}

/** The window of the night that a job is of; null when that night is over. */
async function windowOf({ store }: Worker, job: RepositoryJob): Promise<DueNight | null> {
  const last = await lastScheduledNight(store);
  return last === null || last.finished || last.day !== job.night.slice(0, 10) ? null : last;
}

async function planOf({ session, config }: Worker, day: string): Promise<NightPlan> {
  const window = { day, closes: session.now(), leave: session.signal, closing: session.signal };
  return planNight({ ...session, config, repositories: config.repositories, dryRun: false, window });
}

/** While one look is under way the others wait for it, and do not look again. */
function once(look: () => Promise<void>): () => Promise<void> {
  let looking: Promise<void> | null = null;
  return async () => {
    looking ??= look().finally(() => {
      looking = null;
    });
    await looking;
  };
}
