import { windowAt } from "./night-window.ts";
import type { NightSchedule } from "./schedule-schema.ts";

/** The newest night that a window opened, as the store has it. */
export type ScheduledNight = {
  /** The day on which its window opened. */
  readonly day: string;
  readonly closes: Date;
  readonly finished: boolean;
};

/** How often the night of a day failed as a whole, and when it last did. */
export type Failures = { readonly day: string; readonly count: number; readonly lastAt: Date };

/** A night that is to begin, or to go on, now; one whose window is over only has its report made. */
export type DueNight = { readonly day: string; readonly closes: Date };

const minuteMs = 60_000;
const firstWaitMinutes = 5;
const longestWaitMinutes = 60;

/**
 * Which night is to be at work at a moment. It looks at what is recorded and at nothing that is remembered, so nights that
 * were missed by sleep, a reboot or a late start are made up for as long as their window is open. One that did not reach
 * its end before its window closed is ended first. One that fails is tried again after 5 minutes, then 10, up to an hour.
 */
export function dueNight(
  schedule: NightSchedule,
  now: Date,
  past: { readonly last: ScheduledNight | null; readonly failures: Failures | null },
): DueNight | null {
  const due = ungoverned(schedule, now, past.last);
  return due === null || mustWait(due, now, past.failures) ? null : due;
}

function ungoverned(schedule: NightSchedule, now: Date, last: ScheduledNight | null): DueNight | null {
  const window = windowAt(schedule, now);
  if (last !== null && !last.finished && last.day !== window?.night && last.closes <= now)
    return { day: last.day, closes: last.closes };
  if (window === null) return null;
  // A clock or a time zone that was set back brings a day again, whose night was already.
  const hasBeen = last !== null && (last.day > window.night || (last.day === window.night && last.finished));
  return hasBeen ? null : { day: window.night, closes: window.closes };
}

function mustWait({ day }: DueNight, now: Date, failures: Failures | null): boolean {
  if (failures?.day !== day) return false;
  const minutes = Math.min(longestWaitMinutes, firstWaitMinutes * 2 ** (failures.count - 1));
  return now.getTime() < failures.lastAt.getTime() + minutes * minuteMs;
}
