import { expect, test } from "vitest";
import { dueDigests, type DigestTime } from "../../src/core/digest-times.ts";
import { weekdays } from "../../src/core/policy.ts";

const berlin: DigestTime = { key: "C1", at: "08:30", timeZone: "Europe/Berlin", days: [...weekdays] };
const office: DigestTime = { ...berlin, key: "C2", days: ["mon", "tue", "wed", "thu", "fri"] };
const night: DigestTime = { ...berlin, key: "C3", at: "02:30" };
const york: DigestTime = { ...berlin, key: "C4", timeZone: "America/New_York" };

/** The moment in UTC, the channels, the days that were told, and what is due. */
const rows: readonly (readonly [string, string, readonly DigestTime[], readonly string[], readonly string[]])[] = [
  ["a minute before the hour", "2026-11-24T07:29:59Z", [berlin], [], []],
  ["at the hour", "2026-11-24T07:30:00Z", [berlin], [], ["C1 2026-11-24"]],
  ["once it is told", "2026-11-24T07:31:00Z", [berlin], ["C1 2026-11-24"], []],
  ["late on the same day", "2026-11-24T22:59:00Z", [berlin], ["C1 2026-11-23"], ["C1 2026-11-24"]],
  ["after midnight, when the day before was missed", "2026-11-24T23:01:00Z", [berlin], [], []],
  ["on a Saturday", "2026-11-28T09:00:00Z", [berlin, office], [], ["C1 2026-11-28"]],
  ["on a Monday", "2026-11-30T09:00:00Z", [office], ["C2 2026-11-27"], ["C2 2026-11-30"]],
  ["by each channel's own clocks", "2026-11-24T08:00:00Z", [berlin, york], [], ["C1 2026-11-24"]],
  ["five hours later over there", "2026-11-24T13:30:00Z", [berlin, york], ["C1 2026-11-24"], ["C4 2026-11-24"]],
  ["where it is another day already", "2026-11-24T02:00:00Z", [{ ...york, at: "20:00" }], [], ["C4 2026-11-23"]],
  ["in summer time an hour earlier in UTC", "2026-07-01T06:30:00Z", [berlin], [], ["C1 2026-07-01"]],
  ["before the hour that spring skips", "2027-03-28T00:59:00Z", [night], [], []],
  ["right after the hour that spring skips", "2027-03-28T01:00:00Z", [night], [], ["C3 2027-03-28"]],
  ["at the first of two in autumn", "2026-10-25T00:30:00Z", [night], [], ["C3 2026-10-25"]],
  ["between the two, told", "2026-10-25T00:59:00Z", [night], ["C3 2026-10-25"], []],
  ["at the second of two in autumn, told", "2026-10-25T01:30:00Z", [night], ["C3 2026-10-25"], []],
];

test.each(rows.map(([when, now, channels, told, due]) => ({ when, now, channels, told, due })))("$when", (row) => {
  const { now, channels, told, due } = row;
  const known = told.map((text) => ({ channel: text.split(" ")[0] ?? "", day: text.split(" ")[1] ?? "" }));
  expect(dueDigests(new Date(now), channels, known).map(({ channel, day }) => `${channel} ${day}`)).toEqual(due);
});

test.each(["2026-03-22", "2026-10-18"])(
  "in the fortnight from %s, with its change of clocks, each day has one",
  (first) => {
    let told: readonly { readonly channel: string; readonly day: string }[] = [];
    const days: string[] = [];
    const begin = Date.parse(first);
    for (let time = begin; time < begin + 14 * 86_400_000; time += 900_000) {
      const due = dueDigests(new Date(time), [night], told);
      days.push(...due.map(({ day }) => day));
      if (due.length > 0) told = due;
    }
    expect(days).toEqual(
      Array.from({ length: 14 }, (_, index) => new Date(begin + index * 86_400_000).toISOString().slice(0, 10)),
    );
  },
);
