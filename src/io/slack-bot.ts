import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { SlackMessage } from "../core/slack-message.ts";
import type { AskSlack } from "./slack-client.ts";

/** How posting went. A failure is an answer: it never stops a night. `unclear`: it may have been posted all the same. */
export type SlackAnswer =
  { readonly kind: "sent" } | { readonly kind: "failed"; readonly reason: string; readonly isUnclear: boolean };

/** The messages of one digest, and the channel of a bot that they go to. */
type Digest = {
  readonly ask: AskSlack;
  readonly channel: string;
  /** Names the digest in the metadata of its messages: by it they are found again. */
  readonly digest: string;
  /** The first goes to the channel, the others into its thread. */
  readonly messages: readonly SlackMessage[];
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** One message of a digest; `thread` is the one that it answers. */
type Part = { readonly message: SlackMessage; readonly part: number; readonly thread: string | null };

const eventType = "nightsweep_digest";
const mostAttempts = 3;
/** How far back a message is looked for, and among how many. */
const lookBackSeconds = 3 * 86_400;
const mostMessages = 200;

const postedSchema = z.object({ ts: z.string() });
const messagesSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ digest: z.string(), part: z.number() }) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/**
 * Posts each message of a digest exactly once: what is there already is found by the name in its metadata. Slack may have
 * done what it never answered, so nothing is posted again before it was looked for, and nothing when looking fails.
 */
export async function postDigest(digest: Digest): Promise<SlackAnswer> {
  try {
    let thread: string | null = null;
    for (const [part, message] of digest.messages.entries()) {
      const end: PartEnd = await postOnce(digest, { message, part, thread });
      if ("problem" in end) return { kind: "failed", reason: end.problem, isUnclear: false };
      thread ??= end.ts;
    }
    return { kind: "sent" };
  } catch (error) {
    // The night was stopped, or what answered speaks another language than Slack.
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error), isUnclear: false };
  }
}

type PartEnd = { readonly ts: string } | { readonly problem: string };

async function postOnce(digest: Digest, part: Part): Promise<PartEnd> {
  let problem = "";
  for (let attempt = 0; attempt <= mostAttempts; attempt += 1) {
    const found = await findPosted(digest, part);
    if ("problem" in found) return found;
    if (found.ts !== null) return { ts: found.ts };
    // The last attempt may have worked without an answer as well, so it is looked for once more and not posted again.
    if (attempt === mostAttempts) break;
    const reply = await post(digest, part);
    if (reply.kind === "ok") return { ts: postedSchema.parse(reply.body).ts };
    if (reply.kind === "refused") return { problem: `Slack answered ${reply.error}` };
    problem = reply.kind === "unclear" ? reply.problem : "Slack asked to slow down";
    await pause(reply.kind === "slow-down" ? reply.waitMs : 0, undefined, { signal: digest.signal });
  }
  return { problem: `${problem}, ${mostAttempts} times` };
}

function post({ ask, channel, digest }: Digest, { message, part, thread }: Part) {
  return ask("chat.postMessage", {
    ...message,
    channel,
    metadata: { event_type: eventType, event_payload: { digest, part } },
    ...(thread === null ? {} : { thread_ts: thread }),
  });
}

/** `ts: null`: it is not there. */
async function findPosted(
  digest: Digest,
  { part, thread }: Part,
): Promise<{ readonly ts: string | null } | { readonly problem: string }> {
  const { ask, channel, now } = digest;
  const place =
    thread === null ? { oldest: String(Math.floor(now.getTime() / 1000) - lookBackSeconds) } : { ts: thread };
  const method = `conversations.${thread === null ? "history" : "replies"}`;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const reply = await ask(method, { channel, include_all_metadata: true, limit: mostMessages, ...place });
    if (reply.kind === "refused")
      return { problem: `Slack did not say what is in the channel (${reply.error}): the bot needs channels:history` };
    if (reply.kind === "ok") {
      const { messages } = messagesSchema.parse(reply.body);
      const isOurs = ({ metadata }: (typeof messages)[number]) =>
        metadata?.event_type === eventType &&
        metadata.event_payload.digest === digest.digest &&
        metadata.event_payload.part === part;
      return { ts: messages.find(isOurs)?.ts ?? null };
    }
    await pause(reply.kind === "slow-down" ? reply.waitMs : 0, undefined, { signal: digest.signal });
  }
  return { problem: "Slack did not say what is in the channel, so nothing was posted" };
}
