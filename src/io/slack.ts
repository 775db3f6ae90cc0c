import { setTimeout as pause } from "node:timers/promises";
import type { SlackMessage } from "../core/slack-message.ts";
import type { Mask } from "./mask.ts";

/** How posting went. A failure is an answer: it never stops a night. */
export type SlackAnswer = { readonly kind: "sent" } | { readonly kind: "failed"; readonly reason: string };

const requestTimeoutMs = 10_000;

/** A longer wait than Slack ever asks for within its limits of about one message a second. */
const longestWaitMs = 30_000;

/**
 * Posts a message to an incoming webhook. When Slack asks to slow down it waits as long as Slack says, once. The
 * webhook's URL is a secret and appears in no answer.
 */
export async function postToSlack(request: {
  readonly webhookUrl: string;
  readonly message: SlackMessage;
  readonly mask: Mask;
  readonly signal: AbortSignal;
}): Promise<SlackAnswer> {
  const { webhookUrl, mask, signal } = request;
  const body = mask(JSON.stringify(request.message));
  try {
    const first = await post(webhookUrl, body, signal);
    if (first.status !== 429) return await answer(first, mask);
    await pause(waitMs(first.headers.get("retry-after")), undefined, { signal });
    return await answer(await post(webhookUrl, body, signal), mask);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    const reason = error instanceof Error ? `${error.message}${cause}` : String(error);
    return { kind: "failed", reason: mask(reason.replaceAll(webhookUrl, "the webhook")) };
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

/** Slack answers with a word: `ok`, `invalid_blocks`, `no_service`. */
async function answer(response: Response, mask: Mask): Promise<SlackAnswer> {
  const word = (await response.text()).slice(0, 200);
  if (response.ok) return { kind: "sent" };
  return { kind: "failed", reason: `Slack answered ${response.status} ${mask(word)}`.trimEnd() };
}

function waitMs(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, longestWaitMs) : 1000;
}
