import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep run`: one night, now. */
export function createRunCommand(session: Session) {
  return createCommand("run")
    .description("Sweep every configured repository now: one night, with pull requests at its end.")
    .option("--repo <path|url>", "only this repository; may be given again", collect, [])
    .option("--dry-run", "do everything but publish")
    .option("--skip-unchanged", "only look at repositories in which nothing has changed since they came to rest")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText(
      "after",
      examples(["nightsweep run", "nightsweep run --dry-run", "nightsweep run --repo ../shop --repo ../website"]) +
        "\n\nExit code: 0 every repository settled, 1 one or more stopped, 2 bad usage or configuration.",
    )
    .action(async ({ repo, dryRun = false, skipUnchanged = false, config: named }) => {
      const { loadConfig, selectRepositories } = await import("../io/config-file.ts");
      const { runNight } = await import("../night.ts");
      const { renderNightSummary } = await import("../report/summary.ts");
      const config = await loadConfig(named, session.currentDirectory);
      const repositories = selectRepositories(config, repo, session.currentDirectory);
      const ended = await runNight({ ...session, config, repositories, dryRun, skipUnchanged });
      session.terminal.print(renderNightSummary(ended));
      if (ended.result.repos.some(({ stopped }) => stopped !== undefined)) session.finish(1);
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
