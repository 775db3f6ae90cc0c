import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep daemon`: a night at the configured time, every time. */
export function createDaemonCommand(session: Session) {
  return createCommand("daemon")
    .description("Stay, and run a night at the configured time; SIGTERM ends it cleanly. Logs JSON lines on stdout.")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep daemon", "nightsweep daemon --config ops/daemon.config.ts"]))
    .action(async ({ config: named }) => {
      const { loadConfig } = await import("../io/config-file.ts");
      const { createLogger } = await import("../io/log.ts");
      const { keepTime } = await import("../io/schedule.ts");
      const { createNightMask } = await import("../night-plan.ts");
      const { runNight } = await import("../night.ts");
      const { postFailure } = await import("../post-digest.ts");
      const { runDaemon } = await import("../daemon.ts");
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
