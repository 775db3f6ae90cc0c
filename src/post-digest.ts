import type { NightResult } from "./core/stage.ts";
import { postDigest } from "./io/slack-bot.ts";
import { postToSlack, type SlackAnswer } from "./io/slack.ts";
import { readStandings } from "./io/standings.ts";
import type { Store } from "./io/store.ts";
import type { NightPlan } from "./night-plan.ts";
import { renderDigest } from "./report/slack.ts";
import type { SlackMessage } from "./core/slack-message.ts";

/** Where Slack is for everybody. */
const slackApi = "https://slack.com/api";

/** Posts the digest of a night where Slack is configured; its answer is shown, it never stops a night. A dry night is silent. */
export async function postNight(plan: NightPlan, store: Store, result: NightResult): Promise<void> {
  const { config, terminal, dryRun, repositories } = plan;
  if (config.slack === undefined || dryRun) return;
  const keys = repositories.map(({ key }) => key);
  const owners = new Map(Object.entries(config.slack.owners));
  const messages = renderDigest(result, { standings: await readStandings(store, keys), owners });
  const [first, ...thread] = messages;
  if (first === undefined) return;
  const answer = await send(plan, result, [first, ...thread]);
  if (answer.kind === "failed") terminal.complain(`warning: the post to Slack failed: ${answer.reason}`);
}

async function send(
  { config: { slack }, environment, mask, signal, now }: NightPlan,
  { night }: NightResult,
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
