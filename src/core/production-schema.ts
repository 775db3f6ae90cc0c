import { z } from "zod";

const path = z.string().min(1);

/** Where an operator's production data is, and what it stands for. */
export const productionSchema = z
  .strictObject({
    coverage: z
      .array(path)
      .min(1)
      .describe(
        "Files, or folders of them, relative to the configuration: coverage as Node writes it (`NODE_V8_COVERAGE`) or as Istanbul does (`coverage-final.json`).",
      ),
    since: z.iso.date().describe("The first day that the data covers."),
    until: z.iso.date().optional().describe("The last day that it covers; the day of the newest file when left out."),
    paths: z
      .record(path, z.string())
      .default({})
      .describe("Folders of the repository by the folders that production has them in: `{ '/srv/app': 'apps/api' }`."),
    covers: z
      .array(path)
      .default([])
      .describe("Globs of code that all of it runs there: a file of it that the data does not name was never loaded."),
  })
  .describe("What production ran, for `unusedInProductionDays` in policies. What it ran is never taken away.");

/** The same as a value. */
export type ProductionConfig = z.output<typeof productionSchema>;
