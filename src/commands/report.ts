import { NightsweepError } from "../core/errors.ts";
import { nightId } from "../core/names.ts";
import { createCommand, examples } from "../io/command-line.ts";
import { loadConfigOrDefaults } from "../io/config-file.ts";
import { readNight, recordedNights } from "../io/records.ts";
import { renderNight } from "../report/night.ts";
import type { Session } from "../session.ts";

/** `nightsweep report`: a night as Markdown, made from its records. */
export function createReportCommand({ terminal, currentDirectory, environment }: Session) {
  return createCommand("report")
    .description("Print the report of a night as Markdown; without a night, of the last one.")
    .argument("[night]", "the date of the night, such as 2026-11-23")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep report", "nightsweep report 2026-11-23"]))
    .action(async (night, { config }) => {
      const { reportsDirectory } = await loadConfigOrDefaults(config, currentDirectory, environment);
      const chosen = night === undefined ? (await recordedNights(reportsDirectory))[0] : nightId(night);
      if (chosen === undefined)
        throw new NightsweepError("NOT_FOUND", "a recorded night; nightsweep run makes the first one");
      terminal.print(renderNight(await readNight(reportsDirectory, chosen)));
    });
}
