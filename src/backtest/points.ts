/** How far apart the points of a backtest are. */
export const intervals = ["day", "week", "month"] as const;
type Interval = (typeof intervals)[number];

/** How far back a backtest looks, and how closely. */
export type Window = { readonly months: number; readonly every: Interval };

/**
 * The last commit of each day, week (Monday to Sunday) or month, UTC, oldest first, within so many months before the
 * newest one. Points lie on the calendar, not at distances from today, so that a later backtest meets the same ones.
 */
export function choosePoints<Commit extends { readonly date: string }>(
  newestFirst: readonly Commit[],
  { months, every }: Window,
): readonly Commit[] {
  const [newest] = newestFirst;
  if (newest === undefined) return [];
  const start = monthsBefore(newest.date, months);
  const chosen = new Map<string, Commit>();
  for (const commit of newestFirst) {
    const period = periodOf(commit.date, every);
    if (commit.date >= start && !chosen.has(period)) chosen.set(period, commit);
  }
  return [...chosen.values()].toReversed();
}

function periodOf(date: string, every: Interval): string {
  if (every === "month") return date.slice(0, 7);
  const day = Math.floor(Date.parse(date) / 86_400_000);
  // Day 0, the first of January 1970, was a Thursday.
  return String(every === "day" ? day : Math.floor((day + 3) / 7));
}

function monthsBefore(date: string, months: number): string {
  const moment = new Date(date);
  const day = moment.getUTCDate();
  moment.setUTCMonth(moment.getUTCMonth() - months);
  // The 31st of a shorter month would be a day of the next one.
  if (moment.getUTCDate() !== day) moment.setUTCDate(0);
  return moment.toISOString();
}
