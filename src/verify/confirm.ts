import type { DetailedRun } from "./run-check.ts";

/** One run of a check on a tree, and why it is worse than at the base; null: it is not. */
export type Judged = { readonly run: DetailedRun; readonly reason: string | null };

/** How often tests must fail in a row before anybody is blamed, when the output names a candidate and when it does not. */
const failuresWhenNamed = 2;
const failuresWhenNot = 3;

/**
 * Runs tests that turned out worse again until they are not, or until they were so often enough: a test that fails by
 * chance is not a reason. Type checks and builds do not fail by chance, and what never ended is not waited for twice.
 */
export async function confirm(
  first: Judged,
  again: () => Promise<Judged>,
  namesSomebody: (output: string) => boolean,
): Promise<{ readonly attempts: readonly Judged[]; readonly reason: string | null }> {
  const attempts = [first];
  let last = first;
  const { kind, result } = first.run.run;
  if (kind !== "test" || result === "timed-out" || result === "could-not-start")
    return { attempts, reason: last.reason };
  const wanted = namesSomebody(first.run.output) ? failuresWhenNamed : failuresWhenNot;
  while (last.reason !== null && attempts.length < wanted) {
    last = await again();
    attempts.push(last);
  }
  return { attempts, reason: last.reason };
}
