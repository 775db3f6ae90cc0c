import { localTime, minutesOf } from "./local-time.ts";
import type { weekdays } from "./policy.ts";

/** When a channel wants its digest: at that hour of its own clocks, on those days. */
export type DigestTime = {
  /** Names the channel in the store. */
  readonly key: string;
  /** `08:30`. */
  readonly at: string;
  readonly timeZone: string;
  readonly days: readonly (typeof weekdays)[number][];
};

/** That a channel has had its digest of a day, with or without a message. */
export type ToldDigest = { readonly channel: string; readonly day: string };

/** A digest that is to be told now: one for each day of the channel's calendar. */
export type DueDigest = { readonly channel: string; readonly day: string };

/**
 * The digests that are due at a moment: the hour has come on a day that the channel wants, and it had none on that day. A
 * process that was down at the hour tells later on the same day; what it missed on earlier days the next digest covers.
 * Only the date and the clock of the channel's time zone count: an hour that daylight saving skips has come once the clock
 * is past it, and one that comes twice is told at the first.
 */
export function dueDigests(
  now: Date,
  channels: readonly DigestTime[],
  told: readonly ToldDigest[],
): readonly DueDigest[] {
  return channels.flatMap(({ key, at, timeZone, days }) => {
    const local = localTime(now, timeZone);
    if (!days.includes(local.day) || local.minutes < minutesOf(at)) return [];
    const isTold = told.some(({ channel, day }) => channel === key && day === local.date);
    return isTold ? [] : [{ channel: key, day: local.date }];
  });
}
