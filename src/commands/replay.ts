import { nightId } from "../core/names.ts";
import { stages } from "../core/stage.ts";
import { createCommand, examples, requiredChoice } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep replay`: one repository of a recorded night again, from one of its stages on. */
export function createReplayCommand(session: Session) {
  return createCommand("replay")
    .description(
      "Run a repository of a recorded night again from one stage on; earlier stages are read from their records.",
    )
    .argument("<night>", "the night, such as 2026-11-23")
    .argument("<repo>", "the repository's name in that night, such as example-orchard")
    .addOption(requiredChoice("--from <stage>", "the first stage to run again", stages))
    .option("--dry-run", "do everything but publish")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep replay 2026-11-23 example-orchard --from decide --dry-run"]))
    .action(async (night, repo, { from, dryRun = false, config: named }) => {
      const { loadConfig } = await import("../io/config-file.ts");
      const { replay } = await import("../replay.ts");
      const { renderNightSummary } = await import("../report/summary.ts");
      const config = await loadConfig(named, session.currentDirectory);
      const request = { ...session, config, repositories: config.repositories, dryRun };
      const ended = await replay(request, { night: nightId(night), repo, from });
      session.terminal.print(renderNightSummary(ended));
      if (ended.result.repos.some(({ stopped }) => stopped !== undefined)) session.finish(1);
    });
}
