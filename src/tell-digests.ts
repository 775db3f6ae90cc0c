import { digestChannels, type DigestChannel } from "./core/digest-channels.ts";
import { dueDigests } from "./core/digest-times.ts";
import type { ErrorRecord } from "./core/errors.ts";
import { localTime } from "./core/local-time.ts";
import type { SlackMessage } from "./core/slack-message.ts";
import type { NightResult } from "./core/stage.ts";
import { claimDigest, noteFailure, readTold, settleDigest } from "./io/digests.ts";
import { postDigest, type SlackAnswer } from "./io/slack-bot.ts";
import { connectSlack, slackApi } from "./io/slack-client.ts";
import { postToWebhook } from "./io/slack-webhook.ts";
import { openStore, type Store } from "./io/store.ts";
import { gatherMorning, type Gathering } from "./gather-morning.ts";
import type { NightPlan } from "./night-plan.ts";
import { renderDigest } from "./report/slack/digest.ts";

/** What telling needs of the process that tells. */
export type Desk = Pick<NightPlan, "config" | "environment" | "mask" | "signal" | "now"> & {
  /** Tests have their own Slack. */
  readonly slackUrl?: string;
};

/** What became of one digest; one that somebody else tells is not there. */
export type Told = {
  readonly channel: string;
  readonly day: string;
  readonly end: SlackAnswer | { readonly kind: "quiet" };
};

const dayMs = 86_400_000;
/** Days of digests that are looked at again. */
const daysBack = 3;

/**
 * Tells each channel what is due at this moment. May be called by several processes and as often as one likes: a digest is
 * told once. A failure of Slack is an answer, and is tried again at the next call.
 */
export async function tellDueDigests(desk: Desk, store: Store): Promise<readonly Told[]> {
  const { config, now } = desk;
  const channels = digestChannels(config.slack, config.schedule.timeZone);
  const times = channels.flatMap(({ time }) => time ?? []);
  if (times.length === 0) return [];
  const told = await readTold(store, new Date(now().getTime() - daysBack * dayMs).toISOString());
  const ends: Told[] = [];
  for (const { channel: key, day } of dueDigests(now(), times, told)) {
    const channel = channels.find((one) => one.key === key);
    if (channel !== undefined) ends.push(...(await tell(desk, store, { channel, day, what: "last digest" })));
  }
  return ends;
}

/** Tells the channels that have no hour of their own of a night that has just ended. A dry night is silent. */
export async function tellNight(plan: NightPlan & Desk, store: Store, { night }: NightResult): Promise<void> {
  const { config, terminal, dryRun } = plan;
  if (dryRun) return;
  for (const channel of digestChannels(config.slack, config.schedule.timeZone)) {
    if (channel.time !== null) continue;
    for (const { end } of await tell(plan, store, { channel, day: night, what: { night } }))
      if (end.kind === "failed") terminal.complain(`warning: the post to Slack failed: ${end.reason}`);
  }
}

/** Tells of a night that threw as a whole: channels without an hour at once, the others with their next digest. */
export async function tellFailure(desk: Desk, error: ErrorRecord): Promise<readonly Told[]> {
  const { config, now } = desk;
  if (config.slack === undefined) return [];
  const at = now().toISOString();
  const { date } = localTime(now(), config.schedule.timeZone);
  await using store = await openStore(config.stateDirectory, config.databaseUrl);
  await noteFailure(store, { at, day: date, error });
  const ends: Told[] = [];
  for (const channel of digestChannels(config.slack, config.schedule.timeZone))
    if (channel.time === null)
      ends.push(
        ...(await tell(desk, store, { channel, day: `${date} failed`, what: { failure: { day: date, error } } })),
      );
  return ends;
}

async function tell(
  desk: Desk,
  store: Store,
  wish: { readonly channel: DigestChannel; readonly day: string; readonly what: Gathering },
): Promise<readonly Told[]> {
  const { channel, day, what } = wish;
  const key = { channel: channel.key, day };
  const now = desk.now();
  const morning = await gatherMorning(desk, store, { channel, what, now });
  if (!(await claimDigest(store, key, { now: now.toISOString(), canLook: channel.target.kind === "bot" }))) return [];
  const [first, ...thread] = renderDigest(morning);
  if (first === undefined) {
    await settleDigest(store, key, "quiet");
    return [{ ...key, end: { kind: "quiet" } }];
  }
  const end = await send(desk, wish, [first, ...thread]);
  const failed = end.kind === "failed" && end.isUnclear ? "given-up" : "failed";
  await settleDigest(store, key, end.kind === "sent" ? "told" : failed);
  return [{ ...key, end }];
}

async function send(
  { environment, mask, signal, now, slackUrl = slackApi }: Desk,
  { channel: { key, target }, day }: { readonly channel: DigestChannel; readonly day: string },
  messages: readonly [SlackMessage, ...SlackMessage[]],
): Promise<SlackAnswer> {
  const name = target.kind === "bot" ? target.tokenEnv : target.webhookEnv;
  const secret = environment[name];
  if (secret === undefined || secret === "")
    return { kind: "failed", reason: `${name} is not set, so nothing was posted`, isUnclear: false };
  if (target.kind === "webhook") return postToWebhook({ webhookUrl: secret, message: messages[0], mask, signal });
  const ask = connectSlack({ token: secret, baseUrl: slackUrl, mask, signal });
  return postDigest({ ask, channel: target.channel, digest: `${key} ${day}`, messages, now: now(), signal });
}
