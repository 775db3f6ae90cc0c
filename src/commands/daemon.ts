import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep daemon`: a night in each window of the schedule. */
export function createDaemonCommand(session: Session) {
  return createCommand("daemon")
    .description("Stay, and work in the window of the schedule, every night. Logs JSON lines on stdout.")
    .option("--config <file>", "configuration to use instead of daemon.config.ts; it is read again when it changes")
    .option("--port <number>", "answer /healthz, /metrics and the live page on this port")
    .option("--host <address>", "address to answer on", "127.0.0.1")
    .addHelpText(
      "after",
      examples(["nightsweep daemon", "nightsweep daemon --port 7373"]) +
        "\n\nThe first SIGTERM ends a night at the next boundary of a stage, a second one at once.",
    )
    .action(async ({ config, port, host }) => {
      const { keepWatch } = await import("../keep-watch.ts");
      await keepWatch(session, { config, port: port === undefined ? undefined : Number(port), host });
    });
}
