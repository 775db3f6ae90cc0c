import { expect, test } from "vitest";
import { scheduleHindrance } from "../../src/core/schedule-window.ts";
import type { PolicySchedule } from "../../src/core/policy-schema.ts";

const berlin: PolicySchedule = { timeZone: "Europe/Berlin", days: ["mon", "tue"], window: "23:00-06:00" };
const freeze: PolicySchedule = { freeze: [{ from: "2026-12-18", to: "2027-01-04", reason: "holidays" }] };

test.each<readonly [name: string, schedule: PolicySchedule, now: string, hindrance: RegExp | null]>([
  ["no wish", {}, "2026-11-23T12:00:00Z", null],
  ["in the evening of its day", berlin, "2026-11-23T22:30:00Z", null],
  ["in the hours after midnight", berlin, "2026-11-25T04:30:00Z", null],
  ["in the hours after midnight of another day", berlin, "2026-11-23T04:30:00Z", /on sun; the schedule has mon, tue/],
  ["on another day", berlin, "2026-11-25T22:30:00Z", /on wed/],
  ["at noon", berlin, "2026-11-24T11:00:00Z", /it is 12:00 in Europe\/Berlin; the schedule has 23:00-06:00/],
  ["at its end", berlin, "2026-11-24T05:00:00Z", /it is 06:00/],
  ["in summer, when the clock is one hour on", berlin, "2026-07-20T21:30:00Z", null],
  ["before a freeze", freeze, "2026-12-17T23:59:00Z", null],
  ["on its last day", freeze, "2027-01-04T23:00:00Z", /from 2026-12-18 to 2027-01-04: holidays/],
  ["the night that begins on its last day", { ...freeze, window: "23:00-06:00" }, "2027-01-05T01:00:00Z", /holidays/],
  ["after it", freeze, "2027-01-05T00:00:00Z", null],
])("%s", (_name, schedule, now, hindrance) => {
  const found = scheduleHindrance(schedule, new Date(now));
  if (hindrance === null) expect(found).toBeNull();
  else expect(found).toMatch(hindrance);
});
