import type { ErrorRecord } from "./core/errors.ts";
import type { SlackMessage } from "./core/slack-message.ts";
import type { NightResult } from "./core/stage.ts";
import { postDigest } from "./io/slack-bot.ts";
import { postToSlack, type SlackAnswer } from "./io/slack.ts";
import { readStandings } from "./io/standings.ts";
import type { Store } from "./io/store.ts";
import type { NightPlan } from "./night-plan.ts";
import { renderDigest, renderFailure } from "./report/slack.ts";

/** Where Slack is for everybody. */
const slackApi = "https://slack.com/api";

/** What a post needs of the night and its process. */
type Place = Pick<NightPlan, "config" | "environment" | "mask" | "signal" | "now">;

/** Posts the digest of a night where Slack is configured; its answer is shown, it never stops a night. A dry night is silent. */
export async function postNight(plan: NightPlan, store: Store, result: NightResult): Promise<void> {
  const { config, terminal, dryRun, repositories } = plan;
  if (config.slack === undefined || dryRun) return;
  const keys = repositories.map(({ key }) => key);
  const owners = new Map(Object.entries(config.slack.owners));
  const [first, ...thread] = renderDigest(result, { standings: await readStandings(store, keys), owners });
  if (first === undefined) return;
  const answer = await send(plan, result.night, [first, ...thread]);
  if (answer.kind === "failed") terminal.complain(`warning: the post to Slack failed: ${answer.reason}`);
}

/** Says that a night failed as a whole; null where Slack is not configured. */
export async function postFailure(place: Place, error: ErrorRecord): Promise<SlackAnswer | null> {
  if (place.config.slack === undefined) return null;
  const day = place.now().toISOString().slice(0, 10);
  return await send(place, `${day} failed`, [renderFailure(day, error)]);
}

async function send(
  { config: { slack }, environment, mask, signal, now }: Place,
  night: string,
  messages: readonly [SlackMessage, ...SlackMessage[]],
): Promise<SlackAnswer> {
  const name = slack?.tokenEnv ?? slack?.webhookEnv ?? "";
  const secret = environment[name];
  if (secret === undefined || secret === "")
    return { kind: "failed", reason: `${name} is not set, so nothing was posted` };
  if (slack?.tokenEnv === undefined || slack.channel === undefined)
    return await postToSlack({ webhookUrl: secret, message: messages[0], mask, signal });
  const { channel } = slack;
  return await postDigest({ token: secret, channel, baseUrl: slackApi, night, messages, mask, now: now(), signal });
}
