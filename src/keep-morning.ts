import { openForges } from "./night-plan.ts";
import type { Logger } from "./io/log.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import { everyMinute } from "./io/schedule.ts";
import { connectSlack, slackApi } from "./io/slack-client.ts";
import { listenToSlack } from "./io/slack-socket.ts";
import { openStore, type Store } from "./io/store.ts";
import type { Session } from "./session.ts";
import { answerInteraction } from "./slack-desk.ts";
import { tellDueDigests, type Desk } from "./tell-digests.ts";

/** The process that keeps the morning, and its log. */
export type MorningDesk = Desk &
  Pick<Session, "currentDirectory"> & {
    readonly logger: Logger;
    /** Reads the configuration as it stands now: other hours count from the next minute on. */
    readonly readConfig: () => Promise<LoadedConfig>;
  };

/**
 * From now on tells each channel its digest when it is due, also while a night is at work and also when none ran, and listens
 * to the buttons of its messages. Nothing is done where Slack is not configured.
 */
export async function keepMorning(desk: MorningDesk): Promise<AsyncDisposable> {
  const { config, logger } = desk;
  await using resources = new AsyncDisposableStack();
  if (config.slack === undefined) return resources.move();
  const store = resources.use(await openStore(config.stateDirectory, config.databaseUrl));
  const listening = await listen(desk, store);
  if (listening !== null) resources.use(listening);
  const ticker = everyMinute(async () => {
    try {
      const current = { ...desk, config: await desk.readConfig() };
      for (const { channel, day, end } of await tellDueDigests(current, store))
        if (end.kind === "failed") logger.error({ channel, day, reason: end.reason }, "A digest could not be told");
        else logger.info({ channel, day, end: end.kind }, "A digest is told");
    } catch (error) {
      // The next minute tries again; a morning message must not end the process that runs the nights.
      logger.error({ error: String(error) }, "The digests could not be told");
    }
  });
  resources.defer(() => ticker.stop());
  return resources.move();
}

/** Listens to the buttons; null where there are none. */
async function listen(desk: MorningDesk, store: Store): Promise<AsyncDisposable | null> {
  const { config, environment, mask, signal, now, logger, slackUrl = slackApi } = desk;
  const { tokenEnv, appTokenEnv, owners = {} } = config.slack ?? {};
  if (tokenEnv === undefined || appTokenEnv === undefined) return null;
  const [token = "", appToken = ""] = [environment[tokenEnv], environment[appTokenEnv]];
  if (token === "" || appToken === "") {
    logger.error({ tokenEnv, appTokenEnv }, "A token of Slack is not set, so nobody answers its buttons");
    return null;
  }
  const forges = await openForges({ ...desk, repositories: config.repositories, dryRun: false });
  const office = {
    ask: connectSlack({ token, baseUrl: slackUrl, mask, signal }),
    ...{ store, owners, now, logger, reportsDirectory: config.reportsDirectory },
    mayWrite: async (repo: string, login: string) =>
      (await [...forges].find(([key]) => key === repo)?.[1].mayWrite(login, signal)) ?? false,
  };
  return listenToSlack({
    ...{ appToken, signal, baseUrl: slackUrl },
    onInteraction: (body) => answerInteraction(office, body),
    onProblem: (problem) => {
      logger.error({ problem: mask(problem) }, "Slack's buttons are not heard");
    },
  });
}
