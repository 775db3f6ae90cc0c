import { runDaemon } from "./daemon.ts";
import { loadConfig } from "./io/config-file.ts";
import { lockState } from "./io/database.ts";
import { createLogger, type Logger } from "./io/log.ts";
import { startNightProcess } from "./io/night-process.ts";
import { everyMinute } from "./io/schedule.ts";
import { serve } from "./io/serve.ts";
import { lastScheduledNight, openStore } from "./io/store.ts";
import { keepMorning } from "./keep-morning.ts";
import { livePages } from "./live-pages.ts";
import { createNightMask } from "./night-plan.ts";
import { createServeDesk } from "./serve-desk.ts";
import type { Session } from "./session.ts";
import { tellFailure } from "./tell-digests.ts";

/** The daemon of this machine with the real clock, store and processes. Throws DAEMON_LOCKED for a second one. */
export async function keepWatch(
  session: Session,
  wish: { readonly config: string | undefined; readonly port: number | undefined; readonly host: string },
): Promise<void> {
  const { currentDirectory, environment, terminal, now, signal } = session;
  const readConfig = () => loadConfig(wish.config, currentDirectory);
  const config = await readConfig();
  const mask = createNightMask(config, environment);
  const write = (line: string): void => {
    terminal.print(line.trimEnd());
  };
  const logger = createLogger({ level: "info", destination: { write }, mask });
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(config.stateDirectory, "daemon"));
  const store = resources.use(await openStore(config.stateDirectory, config.databaseUrl));
  if (wish.port !== undefined) {
    const { url } = resources.use(
      await serve({
        ...{ port: wish.port, host: wish.host, directory: config.reportsDirectory },
        pages: livePages({ config, store, now }),
        route: createServeDesk({ session, config, named: wish.config, store }),
      }),
    );
    logger.info({ url }, "Listening");
  }
  resources.use(await keepMorning({ ...session, config, readConfig, mask, logger }));
  await runDaemon({
    keepTime: everyMinute,
    readConfig,
    lastNight: () => lastScheduledNight(store),
    startNight: ({ day, closes }, current) =>
      startNightProcess({ config: current, currentDirectory, day, closes: closes.toISOString() }, (word) => {
        hear(logger, day, word);
      }),
    everyMinute: () => Promise.resolve(),
    tellFailure: async (error, current) => {
      for (const { channel, end } of await tellFailure({ ...session, config: current, mask }, error))
        if (end.kind === "failed") logger.error({ channel, reason: end.reason }, "The failure could not be told");
    },
    now,
    logger,
    signal,
  });
}

function hear(logger: Logger, night: string, word: Parameters<Parameters<typeof startNightProcess>[1]>[0]): void {
  if (word.kind === "stage") logger.info({ night, repository: word.repository, stage: word.stage }, "At work");
  if (word.kind === "complaint") logger.warn({ night, complaint: word.text }, "The night complains");
}
