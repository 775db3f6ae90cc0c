import { weekdays } from "./policy.ts";

/** A moment as the clocks of a time zone show it. */
export type LocalTime = {
  readonly date: string;
  readonly day: (typeof weekdays)[number];
  /** Since midnight, by the clock on the wall. */
  readonly minutes: number;
  readonly clock: string;
};

const minuteMs = 60_000;
export const dayMs = 86_400_000;

const words = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
/** Making a format costs fifty times as much as using it, and a year has half a million minutes. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at a moment. */
export function localTime(now: Date, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  return {
    date,
    day: weekdayOf(date),
    minutes: Number(part("hour")) * 60 + Number(part("minute")),
    clock: `${part("hour")}:${part("minute")}`,
  };
}

/** The weekday of a day of the calendar. */
export function weekdayOf(date: string): LocalTime["day"] {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "sun";
}

/** The day of the calendar so many days later. */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * The moment at which clocks show a time of a day. A time that they show twice is the first of the two; one that they
 * skip is as long after midnight as it would have been, so that what begins then begins all the same.
 */
export function momentOf(date: string, minutes: number, timeZone: string): Date {
  const shown = Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs;
  // No zone changes its clocks twice within two days, so one of these two offsets is in force.
  const before = shown - offsetAt(shown - dayMs, timeZone);
  const after = shown - offsetAt(shown + dayMs, timeZone);
  if (before === after) return new Date(before);
  const real = [before, after].filter((ms) => ms + offsetAt(ms, timeZone) === shown);
  return new Date(real.length === 0 ? before : Math.min(...real));
}

/** How far the clocks of a zone are ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const { date, minutes } = localTime(new Date(ms), timeZone);
  return Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs - Math.floor(ms / minuteMs) * minuteMs;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...words });
  formats.set(timeZone, format);
  return format;
}

/** Minutes since midnight of `08:30`. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Whether there is a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
