import { once } from "node:events";
import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep serve`: the reports, and what is going on, on this machine. */
export function createServeCommand(session: Session) {
  const { terminal, currentDirectory, signal, now } = session;
  return createCommand("serve")
    .description(
      "Show what runs now, what waits, and all reports, to browsers of this machine. It only reads, unless NIGHTSWEEP_SERVE_TOKEN is set.",
    )
    .option("--port <number>", "port to listen on", "7373")
    .option("--host <address>", "address to listen on; whoever reaches it can read the reports", "127.0.0.1")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep serve", "nightsweep serve --port 8080"]))
    .action(async ({ port, host, config: named }) => {
      const { loadConfig } = await import("../io/config-file.ts");
      const { serve } = await import("../io/serve.ts");
      const { openStore } = await import("../io/store.ts");
      const { createServeDesk } = await import("../serve-desk.ts");
      const { livePages } = await import("../live-pages.ts");
      const config = await loadConfig(named, currentDirectory);
      await using resources = new AsyncDisposableStack();
      const store = resources.use(await openStore(config.stateDirectory, config.databaseUrl));
      const pages = livePages({ config, store, now });
      const route = createServeDesk({ session, config, named, store });
      const { url } = resources.use(
        await serve({ port: Number(port), host, directory: config.reportsDirectory, pages, route }),
      );
      terminal.print(`Listening on ${url}`);
      if (!signal.aborted) await once(signal, "abort");
    });
}
