import { describe, expect, test } from "vitest";
import { daysLater, localTime } from "../../src/core/local-time.ts";
import { nextWindow, windowAt, windowOf } from "../../src/core/night-window.ts";
import { nightScheduleSchema } from "../../src/core/schedule-schema.ts";

const hourMs = 3_600_000;
const schedule = (words: object) => nightScheduleSchema.parse(words);

describe("a window", () => {
  test.each([
    ["an ordinary night", "2026-11-23", { window: "22:00-06:00" }, ["2026-11-23T21:00Z", "2026-11-24T05:00Z"]],
    [
      "the night on which clocks go forward",
      "2027-03-27",
      { window: "22:00-06:00" },
      ["2027-03-27T21:00Z", "2027-03-28T04:00Z"],
    ],
    [
      "the night on which they go back",
      "2026-10-24",
      { window: "22:00-06:00" },
      ["2026-10-24T20:00Z", "2026-10-25T05:00Z"],
    ],
    [
      "an hour that is skipped begins all the same",
      "2027-03-28",
      { window: "02:30-05:00" },
      ["2027-03-28T01:30Z", "2027-03-28T03:00Z"],
    ],
    [
      "an hour that comes twice begins at its first",
      "2026-10-25",
      { window: "02:30-05:00" },
      ["2026-10-25T00:30Z", "2026-10-25T04:00Z"],
    ],
    ["and ends at its first", "2026-10-24", { window: "22:00-02:30" }, ["2026-10-24T20:00Z", "2026-10-25T00:30Z"]],
    [
      "the same hour is a whole day",
      "2026-11-23",
      { window: "09:00-09:00" },
      ["2026-11-23T08:00Z", "2026-11-24T08:00Z"],
    ],
    [
      "a freeze of the next day ends it at midnight",
      "2026-12-23",
      { window: "22:00-06:00", freeze: [{ from: "2026-12-24", to: "2026-12-26" }] },
      ["2026-12-23T21:00Z", "2026-12-23T23:00Z"],
    ],
  ])("%s", (_, day, words, [opens, closes]) => {
    const window = windowOf(schedule({ timeZone: "Europe/Berlin", ...words }), day);
    expect(window).toEqual({ night: day, opens: new Date(opens ?? ""), closes: new Date(closes ?? "") });
  });

  test.each([
    ["a day that is not in the schedule", "2026-11-28", { days: ["mon", "tue"] }],
    [
      "a frozen day, with the hours after its midnight",
      "2026-12-24",
      { freeze: [{ from: "2026-12-24", to: "2026-12-24" }] },
    ],
  ])("there is none on %s", (_, day, words) => {
    expect(windowOf(schedule({ window: "22:00-06:00", ...words }), day)).toBeNull();
  });

  test("is open from its first moment to before its last", () => {
    const night = schedule({ window: "22:00-06:00" });
    const at = (time: string) => windowAt(night, new Date(time))?.night ?? null;
    expect(["2026-11-23T21:59:59Z", "2026-11-23T22:00Z", "2026-11-24T05:59:59Z", "2026-11-24T06:00Z"].map(at)).toEqual([
      null,
      "2026-11-23",
      "2026-11-23",
      null,
    ]);
  });

  test("that never opens has no next one", () => {
    const frozen = schedule({ freeze: [{ from: "2026-01-01", to: "2029-01-01" }] });
    expect(nextWindow(frozen, new Date("2026-11-23T00:00Z"))).toBeNull();
    expect(nextWindow(schedule({ days: ["sun"] }), new Date("2026-11-23T00:00Z"))?.night).toBe("2026-11-29");
  });
});

test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])(
  "four years of windows in %s open and close when the clocks say so, and are as long as the day's hours",
  (timeZone) => {
    const night = schedule({ timeZone, window: "22:00-06:00" });
    const lengths = new Map<number, number>();
    for (let ahead = 0; ahead < 4 * 365; ahead++) {
      const day = daysLater("2026-01-01", ahead);
      const window = windowOf(night, day);
      if (window === null) throw new Error(`no window on ${day}`);
      expect([localTime(window.opens, timeZone), localTime(window.closes, timeZone)]).toMatchObject([
        { date: day, clock: "22:00" },
        { date: daysLater(day, 1), clock: "06:00" },
      ]);
      const hours = (window.closes.getTime() - window.opens.getTime()) / hourMs;
      lengths.set(hours, (lengths.get(hours) ?? 0) + 1);
    }
    // Lord Howe changes its clocks by half an hour, Kolkata not at all.
    const change = { "Australia/Lord_Howe": 0.5, "Asia/Kolkata": 0 }[timeZone] ?? 1;
    const wanted =
      change === 0
        ? [[8, 1460]]
        : [
            [8 - change, 4],
            [8, 1452],
            [8 + change, 4],
          ];
    expect([...lengths].toSorted(([a], [b]) => a - b)).toEqual(wanted);
  },
);
