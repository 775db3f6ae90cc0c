import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";

/** One request to GitHub: how to make it, and what its answer must look like. */
export type GitHubRequest<Answer> = {
  /** For messages: `POST /pulls`. */
  readonly name: string;
  readonly send: () => Promise<{ readonly status: number; readonly data: unknown }>;
  readonly schema: z.ZodType<Answer>;
  readonly signal: AbortSignal;
};

/** How a request failed. `status` is null when no answer came, or one that was cut short. */
export type RequestFailure = {
  readonly status: number | null;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
};

/** Readings are tried this often; writings never again, since a failed answer does not say that nothing was done. */
const readAttempts = 3;
const firstPauseMs = 300;

/** A rate limit that asks for a longer wait ends the repository's night instead. */
const longestWaitSeconds = 90;
const unnamedWaitSeconds = 60;

/** Asks for something, again after a passing failure. Throws what `write` throws. */
export async function read<Answer>(request: GitHubRequest<Answer>): Promise<Answer> {
  for (let attempt = 1; attempt < readAttempts; attempt += 1) {
    try {
      return await write(request);
    } catch (error) {
      if (!(error instanceof NightsweepError) || error.code !== "FORGE_UNREACHABLE") throw error;
      await wait(firstPauseMs * attempt, request);
    }
  }
  return write(request);
}

/**
 * Changes something, in one attempt; there is a second only where GitHub says that it did nothing and how long to wait.
 * Throws FORGE_UNREACHABLE (it may or may not have been done), and where nothing was done FORGE_REFUSED, FORGE_LIMITED,
 * PERMISSION_MISSING, INTERRUPTED and the names of what a repository can be.
 */
export async function write<Answer>(request: GitHubRequest<Answer>): Promise<Answer> {
  try {
    return await once(request);
  } catch (error) {
    const seconds = secondsToWait(failureOf(error));
    if (seconds === null || seconds > longestWaitSeconds) throw translated(error, request);
    await wait(seconds * 1000, request);
    return once(request).catch((again: unknown) => {
      throw translated(again, request);
    });
  }
}

const failureSchema = z.object({
  message: z.string(),
  status: z.number(),
  response: z.object({ headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])) }).optional(),
});

/** What is known of a failed request; the client library gives a status of 500 to requests that were never answered. */
export function failureOf(error: unknown): RequestFailure {
  const parsed = failureSchema.safeParse(error);
  const message = error instanceof Error ? error.message : String(error);
  if (!parsed.success || parsed.data.response === undefined) return { status: null, message, headers: {} };
  return { status: parsed.data.status, message, headers: parsed.data.response.headers };
}

async function once<Answer>({ send, schema }: GitHubRequest<Answer>): Promise<Answer> {
  const { status, data } = await send();
  if (status >= 300) throw new NightsweepError("REPOSITORY_MOVED", `GitHub answers ${status}`);
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new Error(`an answer that cannot be read: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
}

async function wait(ms: number, { name, signal }: GitHubRequest<unknown>): Promise<void> {
  await pause(ms, undefined, { signal }).catch((cause: unknown) => {
    throw new NightsweepError("INTERRUPTED", name, { cause });
  });
}

/** GitHub names the wait, or when the hour is over, or says in words that it was too much. */
function secondsToWait({ status, headers, message }: RequestFailure): number | null {
  if (status !== 429 && status !== 403) return null;
  const after = headers["retry-after"];
  if (after !== undefined) return Math.max(0, Number(after) || 0);
  if (String(headers["x-ratelimit-remaining"]) === "0")
    return Math.max(0, Math.ceil(Number(headers["x-ratelimit-reset"]) - Date.now() / 1000) || 0);
  return /secondary rate limit/i.test(message) ? unnamedWaitSeconds : null;
}

function translated(error: unknown, { name, signal }: GitHubRequest<unknown>): Error {
  if (error instanceof NightsweepError) return error;
  if (signal.aborted) return new NightsweepError("INTERRUPTED", name, { cause: error });
  const failure = failureOf(error);
  const { status, message } = failure;
  const place = `${name} ${status === null ? "had no answer" : `answered ${status}`}`;
  const options = { detail: message, cause: error };
  const seconds = secondsToWait(failure);
  if (seconds !== null) return new NightsweepError("FORGE_LIMITED", `${place}, to wait ${seconds} s`, options);
  if (status === null || status >= 500) return new NightsweepError("FORGE_UNREACHABLE", place, options);
  return refused(failure, place, error);
}

/** What stops a repository for a reason of its own has a name of its own. */
function refused({ status, message, headers }: RequestFailure, place: string, cause: unknown): NightsweepError {
  const options = { detail: message, cause };
  if (/not accessible by/i.test(message)) {
    const needed = headers["x-accepted-github-permissions"];
    const what = needed === undefined ? place : `${place}; it takes ${needed}`;
    return new NightsweepError("PERMISSION_MISSING", what, options);
  }
  if (/archived so is read-only/i.test(message)) return new NightsweepError("REPOSITORY_ARCHIVED", place, options);
  if (status === 451 || /repository access blocked|has been disabled/i.test(message))
    return new NightsweepError("REPOSITORY_DISABLED", place, options);
  return new NightsweepError("FORGE_REFUSED", place, options);
}
