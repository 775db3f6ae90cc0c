import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep worker`: one machine of several. */
export function createWorkerCommand(session: Session) {
  return createCommand("worker")
    .description("Join the nights of a fleet that shares a Postgres server; any number of machines may.")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .option("--at-once <number>", "repositories that this machine sweeps at once", "1")
    .addHelpText("after", examples(["nightsweep worker", "nightsweep worker --at-once 4"]))
    .action(async ({ config, atOnce }) => {
      const { runWorker } = await import("../worker.ts");
      await runWorker(session, { config, atOnce: Number(atOnce) });
    });
}
