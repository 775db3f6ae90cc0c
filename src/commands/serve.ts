import { once } from "node:events";
import { createCommand, examples } from "../io/command-line.ts";
import { loadConfig } from "../io/config-file.ts";
import { nextStrike } from "../io/schedule.ts";
import { serve } from "../io/serve.ts";
import { readStandings } from "../io/standings.ts";
import { listNights, openStore } from "../io/store.ts";
import { renderMetrics } from "../report/metrics.ts";
import { renderLivePage } from "../report/site/live-page.ts";
import type { Session } from "../session.ts";
import { readHistory } from "../write-reports.ts";

/** `nightsweep serve`: the reports, and what is going on, on this machine. */
export function createServeCommand({ terminal, currentDirectory, signal }: Session) {
  return createCommand("serve")
    .description("Show what runs now, what waits, and all reports, to browsers of this machine. It only reads.")
    .option("--port <number>", "port to listen on", "7373")
    .option("--host <address>", "address to listen on; whoever reaches it can read the reports", "127.0.0.1")
    .option("--config <file>", "configuration to use instead of daemon.config.ts")
    .addHelpText("after", examples(["nightsweep serve", "nightsweep serve --port 8080"]))
    .action(async ({ port, host, config: named }) => {
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
