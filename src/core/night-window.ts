import { dayMs, daysLater, localTime, momentOf, weekdayOf } from "./local-time.ts";
import type { NightSchedule } from "./schedule-schema.ts";
import { hoursOf } from "./schedule-window.ts";

/** The hours of one night, named by the day on which they begin. */
export type NightWindow = { readonly night: string; readonly opens: Date; readonly closes: Date };

/** A schedule may leave out more than a year, and then it never comes. */
const mostDaysAhead = 400;

/** The window that is open at a moment; null between two of them. */
export function windowAt(schedule: NightSchedule, now: Date): NightWindow | null {
  const today = localTime(now, schedule.timeZone).date;
  // A window is at most a day long, so only yesterday's can be open besides.
  for (const day of [today, daysLater(today, -1)]) {
    const window = windowOf(schedule, day);
    if (window !== null && window.opens <= now && now < window.closes) return window;
  }
  return null;
}

/** The first window that opens after a moment; null when the schedule leaves out every day. */
export function nextWindow(schedule: NightSchedule, after: Date): NightWindow | null {
  const today = localTime(after, schedule.timeZone).date;
  for (let ahead = 0; ahead <= mostDaysAhead; ahead++) {
    const window = windowOf(schedule, daysLater(today, ahead));
    if (window !== null && window.opens > after) return window;
  }
  return null;
}

/** How far back a night that should have been is looked for. */
const mostDaysBack = 8;

/** When a window opened last, not after `now` and after `since`; null when none did, within eight days. */
export function lastOpening(
  schedule: NightSchedule,
  { since, now }: { readonly since: Date; readonly now: Date },
): Date | null {
  const today = localTime(now, schedule.timeZone).date;
  for (let back = 0; back <= mostDaysBack; back++) {
    const opens = windowOf(schedule, daysLater(today, -back))?.opens;
    if (opens !== undefined && opens <= now) return opens > since ? opens : null;
  }
  return null;
}

/**
 * The window that opens on a day; null on a day that is not in the schedule, or frozen. The hours after midnight belong
 * to the evening before, and end at midnight where the next day is frozen. On days on which the clocks change it is as
 * much shorter or longer as they say.
 */
export function windowOf(schedule: NightSchedule, day: string): NightWindow | null {
  const { timeZone, days } = schedule;
  if (isFrozen(schedule, day) || (days !== undefined && !days.includes(weekdayOf(day)))) return null;
  const { opens, closes } = hoursOf(schedule.window);
  const isOverMidnight = opens >= closes;
  const tomorrow = daysLater(day, 1);
  const isCut = isOverMidnight && isFrozen(schedule, tomorrow);
  const window = {
    night: day,
    opens: momentOf(day, opens, timeZone),
    closes: momentOf(isOverMidnight ? tomorrow : day, isCut ? 0 : closes, timeZone),
  };
  return window.opens < window.closes ? window : null;
}

function isFrozen({ freeze = [] }: NightSchedule, day: string): boolean {
  return freeze.some(({ from, to }) => from <= day && day <= to);
}

/** How many nights a day is after another one. */
export function nightsBetween(earlier: string, later: string): number {
  return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / dayMs);
}
