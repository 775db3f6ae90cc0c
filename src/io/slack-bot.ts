import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { SlackMessage } from "../core/slack-message.ts";
import type { Mask } from "./mask.ts";
import type { SlackAnswer } from "./slack.ts";

/** The messages of one night, and the channel of a bot that they go to. */
type Digest = {
  readonly token: string;
  readonly channel: string;
  /** Where Slack is; tests have their own. */
  readonly baseUrl: string;
  readonly night: string;
  /** The first goes to the channel, the others into its thread. */
  readonly messages: readonly SlackMessage[];
  readonly mask: Mask;
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** One message of a digest; `thread` is the one that it answers. */
type Part = { readonly message: SlackMessage; readonly part: number; readonly thread: string | null };

const eventType = "nightsweep_digest";
const requestTimeoutMs = 10_000;
/** A longer wait than Slack asks for within its limits of about one message a second. */
const longestWaitMs = 30_000;
const mostAttempts = 3;
/** How far back a message is looked for, and among how many. */
const lookBackSeconds = 3 * 86_400;
const mostMessages = 200;

const postedSchema = z.object({ ok: z.boolean(), error: z.string().optional(), ts: z.string().optional() });
const messagesSchema = z.object({
  ok: z.literal(true, "Slack did not say what is in the channel: the bot needs channels:history"),
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ night: z.string(), part: z.number() }) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/**
 * Posts each message of a night exactly once: what is there already is found by the night in its metadata. Slack may have
 * done what it never answered, so nothing is posted again before it was looked for, and nothing when looking fails.
 */
export async function postDigest(digest: Digest): Promise<SlackAnswer> {
  try {
    let thread: string | null = null;
    for (const [part, message] of digest.messages.entries()) {
      const posted: string = await postOnce(digest, { message, part, thread });
      thread ??= posted;
    }
    return { kind: "sent" };
  } catch (error) {
    return { kind: "failed", reason: digest.mask(error instanceof Error ? error.message : String(error)) };
  }
}

async function postOnce(digest: Digest, part: Part): Promise<string> {
  let problem = "";
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const there = await findPosted(digest, part);
    if (there !== null) return there;
    const answer = await post(digest, part);
    if ("ts" in answer) return answer.ts;
    if (answer.isFinal) throw new Error(answer.problem);
    problem = answer.problem;
    await pause(answer.waitMs, undefined, { signal: digest.signal });
  }
  // The last attempt may have worked without an answer as well.
  const there = await findPosted(digest, part);
  if (there === null) throw new Error(`${problem}, ${mostAttempts} times`);
  return there;
}

type PostAnswer =
  { readonly ts: string } | { readonly problem: string; readonly isFinal: boolean; readonly waitMs: number };

async function post(digest: Digest, { message, part, thread }: Part): Promise<PostAnswer> {
  const { channel, night, mask } = digest;
  const body = {
    ...message,
    channel,
    metadata: { event_type: eventType, event_payload: { night, part } },
    ...(thread === null ? {} : { thread_ts: thread }),
  };
  const answer = await ask(digest, "chat.postMessage", { method: "POST", body: mask(JSON.stringify(body)) });
  if (answer === null) return { problem: "Slack did not answer", isFinal: false, waitMs: 0 };
  if (answer.status === 429) return { problem: "Slack asked to slow down", isFinal: false, waitMs: answer.waitMs };
  const posted = postedSchema.safeParse(answer.json);
  if (!posted.success || answer.status >= 500)
    return { problem: `Slack answered ${answer.status}`, isFinal: false, waitMs: 0 };
  const { ok, ts, error = "nothing" } = posted.data;
  return ok && ts !== undefined ? { ts } : { problem: `Slack answered ${error}`, isFinal: true, waitMs: 0 };
}

async function findPosted(digest: Digest, { part, thread }: Part): Promise<string | null> {
  const { channel, night, now } = digest;
  const query = new URLSearchParams({ channel, include_all_metadata: "true", limit: String(mostMessages) });
  if (thread === null) query.set("oldest", String(Math.floor(now.getTime() / 1000) - lookBackSeconds));
  else query.set("ts", thread);
  const place = `conversations.${thread === null ? "history" : "replies"}?${query.toString()}`;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const answer = await ask(digest, place, { method: "GET" });
    if (answer === null || answer.status >= 500) continue;
    if (answer.status === 429) {
      await pause(answer.waitMs, undefined, { signal: digest.signal });
      continue;
    }
    const { messages } = messagesSchema.parse(answer.json);
    const isOurs = ({ metadata }: (typeof messages)[number]) =>
      metadata?.event_type === eventType &&
      metadata.event_payload.night === night &&
      metadata.event_payload.part === part;
    return messages.find(isOurs)?.ts ?? null;
  }
  throw new Error("Slack did not say what is in the channel, so nothing was posted");
}

/** null when no answer came; an abort of the night is thrown. */
async function ask(
  { baseUrl, token, signal }: Digest,
  place: string,
  request: { readonly method: "GET" | "POST"; readonly body?: string },
): Promise<{ readonly status: number; readonly waitMs: number; readonly json: unknown } | null> {
  try {
    const response = await fetch(`${baseUrl}/${place}`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json; charset=utf-8" },
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
    const text = await response.text();
    return { status: response.status, waitMs: waitMs(response.headers.get("retry-after")), json: parseJson(text) };
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

/** What is no JSON, such as the page of a proxy, is no answer of Slack. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function waitMs(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, longestWaitMs) : 1000;
}
