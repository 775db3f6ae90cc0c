import { z } from "zod";

/** How long and how much is kept of what can be made again, as the operator writes it. */
export const retentionSchema = z.strictObject({
  reportDays: z.number().positive().default(400).describe("Nights older than that are removed from the reports."),
  reportMegabytes: z
    .number()
    .positive()
    .default(5120)
    .describe("Above it the oldest nights go, but never the last one."),
  cacheDays: z
    .number()
    .positive()
    .default(30)
    .describe("Mirrors and caches that no night used for so long are removed."),
  cacheMegabytes: z
    .number()
    .positive()
    .default(51_200)
    .describe("What mirrors, caches and toolchains may take together; above it goes what was not used for longest."),
  freeMegabytes: z
    .number()
    .nonnegative()
    .default(2048)
    .describe("A night ends when less than that is free on its disks, before it fills them."),
});
