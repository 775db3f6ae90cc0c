import { schedule } from "node-cron";

/** A clock that strikes until it is stopped. */
export type Ticker = { readonly stop: () => Promise<void> };

/** Calls `onStrike` at the beginning of each minute; a strike while the last one is still at work is left out. */
export function everyMinute(onStrike: () => Promise<void>): Ticker {
  const task = schedule("* * * * *", onStrike, { noOverlap: true });
  return { stop: async () => task.destroy() };
}
