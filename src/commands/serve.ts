import { once } from "node:events";
import { createCommand, examples } from "../io/command-line.ts";
import type { Session } from "../session.ts";

/** `nightsweep serve`: the reports, and what is going on, on this machine. */
export function createServeCommand({ terminal, currentDirectory, signal }: Session) {
  return createCommand("serve")
    .description("Show what runs now, what waits, and all reports, to browsers of this machine. It only reads.")
    .option("--port <number>", "port to listen on", "7373")
    .option("--host <address>", "address to listen on; whoever reaches it can read the reports", "127.0.0.1")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep serve", "nightsweep serve --port 8080"]))
    .action(async ({ port, host, config: named }) => {
      const { loadConfig } = await import("../io/config-file.ts");
      const { nextStrike } = await import("../io/schedule.ts");
      const { serve } = await import("../io/serve.ts");
      const { readStandings } = await import("../io/standings.ts");
      const { listNights, openStore } = await import("../io/store.ts");
      const { renderMetrics } = await import("../report/metrics.ts");
      const { renderLivePage } = await import("../report/site/live-page.ts");
      const { readHistory } = await import("../write-reports.ts");
      const { stateDirectory, reportsDirectory, repositories, schedule } = await loadConfig(named, currentDirectory);
      await using resources = new AsyncDisposableStack();
      const store = resources.use(await openStore(stateDirectory));
      const live = async () => {
        const [latest] = await listNights(store);
        const keys = repositories.map(({ key }) => key);
        return renderLivePage({
          night: latest === undefined ? null : { ...latest, isOver: latest.finishedAt !== null },
          nextNight: (await nextStrike(schedule))?.toISOString() ?? null,
          standings: await readStandings(store, keys),
        });
      };
      const metrics = async () => renderMetrics((await readHistory(reportsDirectory))[0] ?? null);
      const { url } = resources.use(
        await serve({
          port: Number(port),
          host,
          directory: reportsDirectory,
          pages: {
            "/": async () => ({ type: "html", text: await live() }),
            "/metrics": async () => ({ type: "text", text: await metrics() }),
            "/healthz": async () => {
              await listNights(store);
              return { type: "text", text: "ok\n" };
            },
          },
        }),
      );
      terminal.print(`Listening on ${url}`);
      if (!signal.aborted) await once(signal, "abort");
    });
}
