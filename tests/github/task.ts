import type { Answer } from "./call.ts";
import type { RawAnswer } from "./git-backend.ts";
import type { Seen } from "./world.ts";

/** What is to be done for a request, and how it is called. */
export type Task = Pick<Seen, "operation" | "write" | "repository"> & {
  readonly authorization: string | undefined;
  readonly work: () => Promise<RawAnswer>;
};

export function json({ status, body, headers = {} }: Answer): RawAnswer {
  const text = body === undefined ? "" : JSON.stringify(body);
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: Buffer.from(text),
  };
}
