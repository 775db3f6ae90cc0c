import { toErrorRecord, type ErrorRecord } from "./core/errors.ts";
import { dueNight, type DueNight, type Failures, type ScheduledNight } from "./core/night-due.ts";
import { nextWindow } from "./core/night-window.ts";
import { aborted } from "./io/aborted.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import type { Logger } from "./io/log.ts";
import type { NightAtWork, NightEnd } from "./io/night-process.ts";
import type { Ticker } from "./io/schedule.ts";

/** A night whose window closed so long ago and which still does not end is ended by force. */
const patienceMs = 15 * 60_000;

/** What the daemon needs of the world; a test gives it a clock and nights of its own. */
export type DaemonWorld = {
  readonly keepTime: (onStrike: () => Promise<void>) => Ticker;
  /** Reads the configuration as it stands now. */
  readonly readConfig: () => Promise<LoadedConfig>;
  readonly lastNight: () => Promise<ScheduledNight | null>;
  readonly startNight: (night: DueNight, config: LoadedConfig) => NightAtWork;
  /** What else is done each minute, such as digests that are due at an hour of their own. */
  readonly everyMinute: (config: LoadedConfig) => Promise<void>;
  /** Tells people of a night that failed as a whole: it has no report that could. */
  readonly tellFailure: (error: ErrorRecord, config: LoadedConfig) => Promise<void>;
  readonly now: () => Date;
  readonly logger: Logger;
  /** Aborted when the daemon is to stop: a night at work then ends at the boundary of a stage. */
  readonly signal: AbortSignal;
};

type Working = { readonly due: DueNight; readonly night: NightAtWork; readonly over: Promise<void> };

/**
 * Looks once a minute, and at once when it starts, which night is to be at work, and never has two of them at work. The
 * nights run in processes of their own, so that nothing they do keeps the daemon from its clock.
 */
export async function runDaemon(world: DaemonWorld): Promise<void> {
  const { logger, signal, now } = world;
  let config = await world.readConfig();
  let problem: string | null = null;
  let failures: Failures | null = null;
  const at: { work: Working | null } = { work: null };

  const tick = async (): Promise<void> => {
    if (signal.aborted) return;
    ({ config, problem } = await reread(world, config, problem));
    if (at.work !== null) {
      holdToItsWindow(at.work, now());
      return;
    }
    await world.everyMinute(config);
    const due = dueNight(config.schedule, now(), { last: await world.lastNight(), failures });
    if (due !== null) at.work = begin(due);
  };
  const begin = (due: DueNight): Working => {
    logger.info({ night: due.day, closes: due.closes }, "The night begins");
    const night = world.startNight(due, config);
    const over = night.ended.then(async (end) => {
      failures = await settle(world, { due, end, failures, config });
      at.work = null;
      // One that was ended late may have kept the next one waiting.
      await survive(tick, logger);
    });
    return { due, night, over };
  };

  const ticker = world.keepTime(() => survive(tick, logger));
  logger.info({ next: nextWindow(config.schedule, now())?.opens ?? null }, "The daemon keeps watch");
  await survive(tick, logger);
  await aborted(signal);
  logger.info({ nightAtWork: at.work !== null }, "The daemon was asked to stop");
  await ticker.stop();
  await leave(at.work);
  logger.info({}, "The daemon stopped");
}

/** A minute that fails, by a full disk or a busy store, is logged: the next one may go well. */
async function survive(tick: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await tick();
  } catch (error) {
    logger.error({ error: toErrorRecord(error) }, "This minute could not be kept");
  }
}

/** The configuration as it stands, or the last good one while it is broken; a problem is told once. */
async function reread(
  { readConfig, logger }: DaemonWorld,
  before: LoadedConfig,
  known: string | null,
): Promise<{ readonly config: LoadedConfig; readonly problem: string | null }> {
  try {
    const config = await readConfig();
    if (config.stateDirectory !== before.stateDirectory) {
      const problem = "another state folder needs a restart";
      if (problem !== known) logger.warn({}, "The new configuration names another state folder: restart the daemon");
      return { config: before, problem };
    }
    if (JSON.stringify(config) !== JSON.stringify(before)) logger.info({}, "The configuration was read again");
    return { config, problem: null };
  } catch (error) {
    const record = toErrorRecord(error);
    if (record.message !== known)
      logger.error({ error: record }, "The configuration is broken: the last good one stays in force");
    return { config: before, problem: record.message };
  }
}

function holdToItsWindow({ due: { closes }, night }: Working, now: Date): void {
  if (now < closes) return;
  night.close();
  if (now.getTime() > closes.getTime() + patienceMs) night.kill();
}

/** Says how a night ended, to the log and to people where it failed, and counts the failures of its day. */
async function settle(
  { logger, now, tellFailure }: DaemonWorld,
  night: {
    readonly due: DueNight;
    readonly end: NightEnd;
    readonly failures: Failures | null;
    readonly config: LoadedConfig;
  },
): Promise<Failures | null> {
  const { due, end, failures, config } = night;
  switch (end.kind) {
    case "over":
      logger.info({ night: end.night, stopped: end.stopped, left: end.left }, "The night is over");
      return null;
    case "interrupted":
      logger.info({ night: due.day }, "The night was left at a boundary; it goes on after the next start");
      return failures;
    case "failed": {
      const count = failures?.day === due.day ? failures.count + 1 : 1;
      logger.error({ night: due.day, count, error: end.error }, "The night failed");
      // One word about a night that keeps failing is enough.
      if (count === 1) await tellFailure(end.error, config);
      return { day: due.day, count, lastAt: now() };
    }
    default:
      return end satisfies never;
  }
}

async function leave(working: Working | null): Promise<void> {
  if (working === null) return;
  working.night.leave();
  await working.over;
}
