import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type Logger,
} from "@slack/web-api";
import { maskDeep, type Mask } from "./mask.ts";

/** Who talks to Slack, and where it is. */
export type SlackAccess = {
  readonly token: string;
  /** Tests have their own Slack. */
  readonly baseUrl: string;
  readonly mask: Mask;
  readonly signal: AbortSignal;
};

/** What Slack said. `unclear`: no answer came, or none of Slack, so that what was asked may have been done. */
type SlackReply =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "slow-down"; readonly waitMs: number }
  | { readonly kind: "unclear"; readonly problem: string };

/** Asks a method of Slack once. */
export type AskSlack = (method: string, options: Readonly<Record<string, unknown>>) => Promise<SlackReply>;

/** Where Slack is for everybody. */
export const slackApi = "https://slack.com/api/";

const requestTimeoutMs = 10_000;
/** A longer wait than Slack asks for within its limits of about one message a second. */
const longestWaitMs = 30_000;

/**
 * A client that asks once and says how it went. The retries of the library are off: they would repeat a post that Slack
 * has done without an answer. What is sent passes the mask.
 */
export function connectSlack({ token, baseUrl, mask, signal }: SlackAccess): AskSlack {
  const client = new WebClient(token, {
    slackApiUrl: baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
    fetch: (url, init = {}) => {
      const stops = [
        signal,
        AbortSignal.timeout(requestTimeoutMs),
        ...(init.signal === undefined ? [] : [init.signal]),
      ];
      return fetch(url, { ...init, redirect: "error", signal: AbortSignal.any(stops) });
    },
  });
  return async (method, options) => {
    try {
      const masked = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, maskDeep(value, mask)]));
      return { kind: "ok", body: await client.apiCall(method, masked) };
    } catch (error) {
      signal.throwIfAborted();
      return replyOf(error, mask);
    }
  };
}

function replyOf(error: unknown, mask: Mask): SlackReply {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: "slow-down", waitMs: Math.min(Math.max(error.retryAfter, 0) * 1000, longestWaitMs) };
  if (error instanceof WebAPIPlatformError) return { kind: "refused", error: mask(error.data.error) };
  // Slack slows down without a number when it is very busy.
  if (error instanceof WebAPIHTTPError && error.statusCode === 429) return { kind: "slow-down", waitMs: 1000 };
  if (error instanceof WebAPIHTTPError) return { kind: "unclear", problem: `Slack answered ${error.statusCode}` };
  return { kind: "unclear", problem: "Slack did not answer" };
}

/** The library would write to the terminal, past the mask. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
