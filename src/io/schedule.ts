import { schedule, validateDetailed } from "node-cron";
import type { Config } from "../core/config.ts";

/** A running timetable: when it strikes next, and how to end it. */
export type Timetable = { readonly next: () => Date | null; readonly stop: () => Promise<void> };

/**
 * Calls `onStrike` at each time of the schedule until `stop`. A strike while the last one is still at work is left
 * out; what was due while the process did not run is not caught up.
 */
export function keepTime(times: Config["schedule"], onStrike: () => Promise<void>): Timetable {
  const task = schedule(times.cron, onStrike, { timezone: times.timeZone, noOverlap: true });
  return { next: () => task.getNextRun(), stop: async () => task.destroy() };
}

/** When a schedule strikes next; null when it never does. */
export async function nextStrike(times: Pick<Config["schedule"], "cron" | "timeZone">): Promise<Date | null> {
  const timetable = keepTime(times, () => Promise.resolve());
  const next = timetable.next();
  await timetable.stop();
  return next;
}

/** What is wrong with a schedule, as `field: problem; allowed: ...`, or null when it is fine. */
export function findScheduleProblem(times: Config["schedule"]): string | null {
  const { valid, errors } = validateDetailed(times.cron);
  if (!valid || times.cron.trim().split(/\s+/).length !== 5) {
    const reasons = errors.map((error) => `${error.field}: ${error.message}`).join(", ");
    return `schedule.cron: "${times.cron}" is not a schedule${reasons === "" ? "" : ` (${reasons})`}; allowed: five fields "minute hour day-of-month month day-of-week", such as "0 1 * * *"`;
  }
  if (!isTimeZone(times.timeZone))
    return `schedule.timeZone: "${times.timeZone}" is not a time zone; allowed: an IANA name such as "Europe/Berlin" or "UTC"`;
  return null;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
