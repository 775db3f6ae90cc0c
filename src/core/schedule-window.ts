import { dayMs, localTime, minutesOf } from "./local-time.ts";
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

/** Opening and closing in minutes since midnight. */
export function hoursOf(window: string): { readonly opens: number; readonly closes: number } {
  const [opens = 0, closes = 0] = window.split("-").map(minutesOf);
  return { opens, closes };
}
