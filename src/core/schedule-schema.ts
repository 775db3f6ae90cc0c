import { z } from "zod";
import { isTimeZone } from "./local-time.ts";
import { weekdays } from "./policy.ts";

const calendarDate = z
  .string()
  .refine(isCalendarDate, "expected a day of the calendar, such as 2026-12-24")
  .describe("A day, such as 2026-12-24.");

function isCalendarDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const timeZone = z.string().refine(isTimeZone, "expected an IANA time zone, such as Europe/Berlin");

const hours = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'expected "from-to", such as "23:00-06:00"');

const freeze = z
  .strictObject({
    from: calendarDate,
    to: calendarDate.describe("The last day."),
    reason: z.string().min(1).optional().describe("Why; it is shown to people."),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "ends before it begins" });

/** When something may be proposed, as policies write it. */
export const scheduleSchema = z
  .strictObject({
    timeZone: timeZone
      .optional()
      .describe("Whose days and hours are meant, such as `Europe/Berlin`; `UTC` when left out."),
    days: z.array(z.enum(weekdays)).min(1).optional().describe("Days on which pull requests may be opened."),
    window: hours
      .optional()
      .describe("Hours in which they may: `23:00-06:00`. The hours after midnight belong to the day before."),
    freeze: z.array(freeze).optional().describe("Days, both ends included, on which nothing is proposed."),
  })
  .describe("When something may be proposed. Outside of it a night only reports.");

/** When nights are, as the operator writes it. */
export const nightScheduleSchema = z.strictObject({
  timeZone: timeZone.default("UTC").describe("IANA time zone of the schedule, such as Europe/Berlin."),
  window: hours
    .default("01:00-06:00")
    .describe(
      "Hours in which the daemon works: `22:00-06:00`. The hours after midnight belong to the day before; what does not fit goes on the next night.",
    ),
  days: z.array(z.enum(weekdays)).min(1).optional().describe("Days on which a night begins; all when left out."),
  freeze: z.array(freeze).optional().describe("Days, both ends included, on which there is no night."),
});

/** When nights are. */
export type NightSchedule = Readonly<z.output<typeof nightScheduleSchema>>;
