import { runDaemon } from "../daemon.ts";
import { createCommand, examples } from "../io/command-line.ts";
import { loadConfig } from "../io/config-file.ts";
import { createLogger } from "../io/log.ts";
import { keepTime } from "../io/schedule.ts";
import { createNightMask } from "../night-plan.ts";
import { runNight } from "../night.ts";
import { postFailure } from "../post-digest.ts";
import type { Session } from "../session.ts";

/** `nightsweep daemon`: a night at the configured time, every time. */
export function createDaemonCommand(session: Session) {
  return createCommand("daemon")
    .description("Stay, and run a night at the configured time; SIGTERM ends it cleanly. Logs JSON lines on stdout.")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep daemon", "nightsweep daemon --config ops/daemon.config.ts"]))
    .action(async ({ config: named }) => {
      const config = await loadConfig(named, session.currentDirectory);
      const mask = createNightMask(config, session.environment);
      const write = {
        write: (line: string) => {
          session.terminal.print(line.trimEnd());
        },
      };
      const logger = createLogger({ level: "info", destination: write, mask });
      await runDaemon({
        schedule: config.schedule,
        keepTime,
        logger,
        signal: session.signal,
        tellFailure: async (error) => {
          const answer = await postFailure({ ...session, config, mask }, error);
          if (answer?.kind === "failed") logger.error({ reason: answer.reason }, "The failure could not be told");
        },
        runNight: async () => {
          const { result } = await runNight({ ...session, config, repositories: config.repositories, dryRun: false });
          return { night: result.night, stopped: result.repos.filter(({ stopped }) => stopped !== undefined).length };
        },
      });
    });
}
