import { setTimeout as pause } from "node:timers/promises";
import type { SlackMessage } from "../core/slack-message.ts";
import { maskDeep, type Mask } from "./mask.ts";
import type { SlackAnswer } from "./slack-bot.ts";

const requestTimeoutMs = 10_000;

/** A longer wait than Slack ever asks for within its limits of about one message a second. */
const longestWaitMs = 30_000;

/** With these the connection was never made, so nothing was posted. */
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Posts a message to an incoming webhook. When Slack asks to slow down it waits as long as Slack says, once. A webhook
 * cannot be asked what is in its channel: after a failure that may have been a post all the same, the answer says so. Its URL
 * is a secret and appears in no answer.
 */
export async function postToWebhook(request: {
  readonly webhookUrl: string;
  readonly message: SlackMessage;
  readonly mask: Mask;
  readonly signal: AbortSignal;
}): Promise<SlackAnswer> {
  const { webhookUrl, mask, signal } = request;
  const body = JSON.stringify(maskDeep(request.message, mask));
  try {
    const first = await post(webhookUrl, body, signal);
    if (first.status !== 429) return await answer(first, mask);
    await pause(waitMs(first.headers.get("retry-after")), undefined, { signal });
    return await answer(await post(webhookUrl, body, signal), mask);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
    const said = error instanceof Error ? error.message : String(error);
    const reason = mask(`${said}${cause === null ? "" : `: ${cause.message}`}`.replaceAll(webhookUrl, "the webhook"));
    const code = cause !== null && "code" in cause ? String(cause.code) : "";
    return { kind: "failed", reason, isUnclear: !neverConnected.has(code) };
  }
}

async function post(url: string, body: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body,
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
  });
}

/** Slack answers with a word: `ok`, `invalid_blocks`, `no_service`. A gateway's error may come after the post. */
async function answer(response: Response, mask: Mask): Promise<SlackAnswer> {
  const word = (await response.text()).slice(0, 200);
  if (response.ok) return { kind: "sent" };
  const reason = `Slack answered ${response.status} ${mask(word)}`.trimEnd();
  return { kind: "failed", reason, isUnclear: response.status >= 500 };
}

function waitMs(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, longestWaitMs) : 1000;
}
