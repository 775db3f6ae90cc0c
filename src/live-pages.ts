import { nextWindow } from "./core/night-window.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import type { Answer } from "./io/serve.ts";
import { readStandings } from "./io/standings.ts";
import { listNights, type Store } from "./io/store.ts";
import { renderMetrics } from "./report/metrics.ts";
import { renderLivePage } from "./report/site/live-page.ts";
import { readHistory } from "./write-reports.ts";

/** What is going on, for browsers, for Prometheus, and for whoever looks whether this process is well. */
export function livePages(place: {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly now: () => Date;
}): Readonly<Record<string, () => Promise<Answer>>> {
  const { config, store, now } = place;
  const { repositories, schedule, reportsDirectory } = config;
  const live = async () => {
    const [latest] = await listNights(store);
    const keys = repositories.map(({ key }) => key);
    return renderLivePage({
      night: latest === undefined ? null : { ...latest, isOver: latest.finishedAt !== null },
      nextNight: nextWindow(schedule, now())?.opens.toISOString() ?? null,
      standings: await readStandings(store, keys),
    });
  };
  return {
    "/": async () => ({ type: "html", text: await live() }),
    "/metrics": async () => ({ type: "text", text: renderMetrics((await readHistory(reportsDirectory))[0] ?? null) }),
    "/healthz": async () => {
      await listNights(store);
      return { type: "text", text: "ok\n" };
    },
  };
}
