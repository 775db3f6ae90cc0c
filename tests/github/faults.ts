import type { OperationId } from "./operations.ts";

/**
 * What can go wrong with a request:
 * - `bad-gateway`, `hang-up`, `cut-short`: 502, no answer, half an answer; before or after the work is done.
 * - `time-out`: no answer ever, the connection stays open; before or after the work.
 * - `secondary-limit`: 403 with `retry-after`; `primary-limit`: 403 with `x-ratelimit-remaining: 0`. Nothing is done.
 * - `expired`: 401, and the token is dead from now on. `forbidden`: 403, a permission is missing.
 * - `status`: any status and message.
 * - `before`: a person is quicker: `act` runs, then the request is taken as usual.
 */
export type Fault = {
  /** What it hits: an operation, a field of GraphQL, a kind of git request, or any request that writes or reads. */
  readonly on: OperationId | `graphql/${string}` | "git/fetch" | "git/push" | "write" | "read";
  /** The first so many that fit are spared. */
  readonly spare?: number;
  /** How many it hits; 1 when left out. */
  readonly times?: number;
} & (
  | { readonly kind: "bad-gateway" | "hang-up" | "cut-short" | "time-out"; readonly work: "before" | "after" }
  | { readonly kind: "secondary-limit"; readonly retryAfterSeconds: number }
  | { readonly kind: "primary-limit"; readonly resetInSeconds: number }
  | { readonly kind: "expired" | "forbidden" }
  | { readonly kind: "status"; readonly status: number; readonly message: string }
  | { readonly kind: "before"; readonly act: () => void | Promise<void> }
);

/** Takes the fault that hits a request out of the list, or one of its times. */
export function takeFault(
  faults: Fault[],
  request: { readonly operation: string; readonly write: boolean },
): Fault | null {
  for (const [index, fault] of faults.entries()) {
    const { on, spare = 0, times = 1 } = fault;
    if (on !== request.operation && on !== (request.write ? "write" : "read")) continue;
    if (spare > 0) faults[index] = { ...fault, spare: spare - 1 };
    else {
      if (times > 1) faults[index] = { ...fault, times: times - 1 };
      else faults.splice(index, 1);
      return fault;
    }
  }
  return null;
}
