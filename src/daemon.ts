import type { Config } from "./core/config.ts";
import { toErrorRecord, type ErrorRecord } from "./core/errors.ts";
import type { Logger } from "./io/log.ts";
import type { Timetable } from "./io/schedule.ts";

/** How one night of the daemon ended, for its log. */
type Ending = { readonly night: string; readonly stopped: number };

/**
 * Runs a night at each time of the schedule until the signal aborts, then waits for the night at work, which ends at its
 * next boundary. Two nights never overlap: a time that comes while one is at work is logged and left out. A night that
 * fails is logged and does not end the daemon.
 */
export async function runDaemon(daemon: {
  readonly schedule: Config["schedule"];
  readonly keepTime: (times: Config["schedule"], onStrike: () => Promise<void>) => Timetable;
  readonly runNight: () => Promise<Ending>;
  /** Tells people of a night that failed as a whole: it has no report that could. */
  readonly tellFailure: (error: ErrorRecord) => Promise<void>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { schedule, keepTime, logger, signal } = daemon;
  let isAtWork = false;
  let lastNight: Promise<void> = Promise.resolve();
  const timetable = keepTime(schedule, async () => {
    if (isAtWork) {
      logger.warn({ cron: schedule.cron }, "A night is still at work: this time is left out");
      return;
    }
    isAtWork = true;
    lastNight = runLogged(daemon);
    await lastNight;
    isAtWork = false;
    logger.info({ next: timetable.next() }, "Waiting for the next night");
  });
  logger.info({ ...schedule, next: timetable.next() }, "The daemon waits for the night");
  await aborted(signal);
  logger.info({ nightAtWork: isAtWork }, "The daemon was asked to stop");
  await timetable.stop();
  await lastNight;
  logger.info({}, "The daemon stopped");
}

async function runLogged({ runNight, tellFailure, logger }: Parameters<typeof runDaemon>[0]): Promise<void> {
  logger.info({}, "The night begins");
  try {
    logger.info(await runNight(), "The night is over");
  } catch (error) {
    const record = toErrorRecord(error);
    logger.error({ error: record }, "The night failed");
    // A stop on demand is no failure: whoever asked for it knows.
    if (record.code !== "INTERRUPTED") await tellFailure(record);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
