import { setTimeout as pause } from "node:timers/promises";
import { SocketModeClient } from "@slack/socket-mode";
import { silentLogger } from "./slack-client.ts";

/** What Slack sends when somebody uses a message or a form of ours. */
type Interaction = { readonly body: unknown; readonly ack: () => Promise<void> };

/** After a failure it is tried again so much later, longer each time. */
const pausesMs = [0, 1000, 5000, 30_000, 60_000] as const;
/** How long closing may take. */
const closeMs = 2000;

/**
 * Listens to buttons and forms over Socket Mode until it is disposed: a connection of ours to Slack, no public address. Slack
 * ends connections as a matter of course, so a new one is made each time. Each interaction is acknowledged at once, since
 * Slack waits three seconds, and given to `onInteraction`, one after the other.
 */
export function listenToSlack(wish: {
  readonly appToken: string;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  readonly onInteraction: (body: unknown) => Promise<void>;
  readonly onProblem: (problem: string) => void;
}): AsyncDisposable {
  const ending = new AbortController();
  const signal = AbortSignal.any([wish.signal, ending.signal]);
  const listening = keepConnected(wish, signal);
  return {
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await listening;
    },
  };
}

async function keepConnected(wish: Parameters<typeof listenToSlack>[0], signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const problem = await connectOnce(wish, signal);
    failures = problem === null ? 0 : failures + 1;
    if (problem !== null) wish.onProblem(problem);
    const waitMs = pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0;
    await pause(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One connection from its beginning to its end; gives why there was none. */
async function connectOnce(
  { appToken, baseUrl, onInteraction, onProblem }: Parameters<typeof listenToSlack>[0],
  signal: AbortSignal,
): Promise<string | null> {
  const client = new SocketModeClient({
    appToken,
    // The library would make a new connection in a way that ends the process when Slack is down.
    autoReconnectEnabled: false,
    clientOptions: { slackApiUrl: baseUrl, retryConfig: { retries: 0 } },
    logger: silentLogger,
  });
  let last: Promise<unknown> = Promise.resolve();
  client.on("interactive", ({ body, ack }: Interaction) => {
    const acknowledged = ack().catch(() => undefined);
    last = last
      .then(() => acknowledged)
      .then(() => onInteraction(body))
      .catch((error: unknown) => {
        onProblem(error instanceof Error ? error.message : String(error));
      });
  });
  const gone = new Promise<void>((resolve) => client.once("disconnected", resolve));
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve();
      },
      { once: true },
    );
  });
  try {
    await Promise.race([client.start(), stopped]);
    await Promise.race([gone, stopped]);
  } catch (error) {
    return `Slack did not connect: ${error instanceof Error ? error.message : String(error)}`;
  }
  await Promise.race([client.disconnect(), pause(closeMs)]);
  await last;
  return null;
}
