import { weekdays } from "./policy.ts";
import type { PolicySchedule } from "./policy-schema.ts";

/** Why nothing may be proposed at a moment under a schedule, in words; null when it may. */
export function scheduleHindrance(schedule: PolicySchedule, now: Date): string | null {
  const { timeZone = "UTC", days, window = "00:00-24:00" } = schedule;
  const local = localTime(now, timeZone);
  const { opens, closes } = hoursOf(window);
  // The hours after midnight belong to the evening before.
  const isAfterMidnight = opens > closes && local.minutes < closes;
  const evening = isAfterMidnight ? localTime(new Date(now.getTime() - dayMs), timeZone) : local;
  const frozen = findFreeze(schedule, [local.date, evening.date]);
  if (frozen !== null) return frozen;
  if (days !== undefined && !days.includes(evening.day))
    return `nothing is proposed on ${evening.day}; the schedule has ${days.join(", ")} (${timeZone})`;
  const isOpen = local.minutes >= opens && (opens > closes || local.minutes < closes);
  return isOpen || isAfterMidnight ? null : `it is ${local.clock} in ${timeZone}; the schedule has ${window}`;
}

function findFreeze({ freeze = [] }: PolicySchedule, dates: readonly string[]): string | null {
  const frozen = freeze.find(({ from, to }) => dates.some((date) => from <= date && date <= to));
  if (frozen === undefined) return null;
  const reason = frozen.reason === undefined ? "" : `: ${frozen.reason}`;
  return `nothing is proposed from ${frozen.from} to ${frozen.to}${reason}`;
}

const dayMs = 86_400_000;

type LocalTime = {
  readonly date: string;
  readonly day: (typeof weekdays)[number];
  readonly minutes: number;
  readonly clock: string;
};

function localTime(now: Date, timeZone: string): LocalTime {
  const words = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...words });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  const day = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "sun";
  return {
    date,
    day,
    minutes: Number(part("hour")) * 60 + Number(part("minute")),
    clock: `${part("hour")}:${part("minute")}`,
  };
}

function hoursOf(window: string): { readonly opens: number; readonly closes: number } {
  const [opens = 0, closes = 0] = window.split("-").map((clock) => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return hours * 60 + minutes;
  });
  return { opens, closes };
}
