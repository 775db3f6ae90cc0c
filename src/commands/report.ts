import path from "node:path";
import { NightsweepError } from "../core/errors.ts";
import { nightId } from "../core/names.ts";
import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep report`: a night as Markdown, JSON or pages, made from its records. */
export function createReportCommand({ terminal, currentDirectory, environment }: Session) {
  return createCommand("report")
    .description("Print the report of a night as Markdown; without a night, of the last one.")
    .argument("[night]", "the date of the night, such as 2026-11-23")
    .option("--html", "make its pages anew from the records, and print where they are")
    .option("--open", "the same, and show them in the browser")
    .option("--json", "print it as one document of reports/night.schema.json")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep report", "nightsweep report 2026-11-23 --open"]))
    .action(async (night, { config, html = false, open = false, json = false }) => {
      const { loadConfigOrDefaults } = await import("../io/config-file.ts");
      const { readNight, recordedNights } = await import("../io/records.ts");
      const { documentOfNight, rewriteReports } = await import("../write-reports.ts");
      const { reportsDirectory: directory } = await loadConfigOrDefaults(config, currentDirectory, environment);
      const chosen = night === undefined ? (await recordedNights(directory))[0] : nightId(night);
      if (chosen === undefined)
        throw new NightsweepError("NOT_FOUND", "a recorded night; nightsweep run makes the first one");
      if (json) terminal.print(JSON.stringify(await documentOfNight(directory, chosen), null, 1));
      else if (html || open) {
        const page = await rewriteReports(directory, chosen);
        terminal.print(path.relative(currentDirectory, page));
        if (!open) return;
        const { openInBrowser } = await import("../io/browser.ts");
        await openInBrowser(page, { platform: process.platform, browser: environment["BROWSER"] });
      } else {
        const { renderNight } = await import("../report/night.ts");
        terminal.print(renderNight(await readNight(directory, chosen)));
      }
    });
}
