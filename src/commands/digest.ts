import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep digest`: tells what is due, for cron, so that somebody speaks when the daemon does not. */
export function createDigestCommand(session: Session) {
  return createCommand("digest")
    .description("Post the morning messages to Slack that are due and that nobody has posted yet, and end.")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep digest", "nightsweep digest --config ops/daemon.config.ts"]))
    .action(async ({ config: named }) => {
      const { loadConfig } = await import("../io/config-file.ts");
      const { openStore } = await import("../io/store.ts");
      const { createNightMask } = await import("../night-plan.ts");
      const { tellDueDigests } = await import("../tell-digests.ts");
      const config = await loadConfig(named, session.currentDirectory);
      const mask = createNightMask(config, session.environment);
      await using store = await openStore(config.stateDirectory, config.databaseUrl);
      const told = await tellDueDigests({ ...session, config, mask }, store);
      if (told.length === 0) session.terminal.print("No digest is due that was not told.");
      for (const { channel, day, end } of told) {
        session.terminal.print(`${channel} ${day}: ${end.kind === "failed" ? `failed: ${end.reason}` : end.kind}`);
        if (end.kind === "failed") session.finish(1);
      }
    });
}
