import { setTimeout as pause } from "node:timers/promises";
import { NightsweepError } from "../core/errors.ts";

/** Waits until the next write may be sent; `notifies` is one that people get mail for. */
export type Pacer = (write: { readonly notifies: boolean; readonly signal: AbortSignal }) => Promise<void>;

/** GitHub asks for a second between writes, and is stricter with what sends mail. */
const notifyingFactor = 3;

/** GitHub's own limit on what creates content is 500 an hour; people work under the same account. */
const mostWritesAnHour = 400;
const hourMs = 3_600_000;

/**
 * Paces the writes of a night, one after the other. This is not @octokit/plugin-throttling: its waits cannot be ended by
 * a signal, its state is shared by all clients of the process, and it does not know the limit for an hour.
 */
export function createPacer({ secondsBetweenWrites }: { readonly secondsBetweenWrites: number }): Pacer {
  const sent: number[] = [];
  let free = 0;
  return async ({ notifies, signal }) => {
    const now = performance.now();
    while ((sent[0] ?? now) < now - hourMs) sent.shift();
    if (sent.length >= mostWritesAnHour)
      throw new NightsweepError("FORGE_LIMITED", `${mostWritesAnHour} writes in an hour are as many as we make`);
    const at = Math.max(now, free);
    free = at + secondsBetweenWrites * 1000 * (notifies ? notifyingFactor : 1);
    sent.push(at);
    if (at > now)
      await pause(at - now, undefined, { signal }).catch((cause: unknown) => {
        throw new NightsweepError("INTERRUPTED", "between two writes to GitHub", { cause });
      });
  };
}
