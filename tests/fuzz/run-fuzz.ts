import fc from "fast-check";
import type { Tree } from "../passes/fixtures.ts";
import { checkProgram, loadOrder, type Check, type Verdict } from "./check-program.ts";
import { program, type Plan } from "./plan.ts";
import { printProgram, type Language } from "./print-program.ts";
import { addProgram, noStatistics, type Statistics } from "./statistics.ts";
import { openSweeper } from "./sweep-program.ts";

/** How many programs of which language, and from where in the stream of random programs. */
export type FuzzRequest = {
  readonly runs: number;
  readonly seed: number;
  readonly language: Language;
  /** Where fast-check found a failure before, to start right there. */
  readonly path?: string;
  /** Shrinking a failure ends after this; finding one does not. */
  readonly shrinkMs: number;
};

/** What a run found: figures, and the smallest program that a sweep broke, if one was. */
export type FuzzReport = {
  readonly request: FuzzRequest;
  readonly statistics: Statistics;
  readonly failure: { readonly path: string; readonly why: string; readonly before: Tree; readonly after: Tree } | null;
};

/** Generates programs, sweeps each, and compares what it does before and after. */
export async function runFuzz(request: FuzzRequest): Promise<FuzzReport> {
  using sweeper = openSweeper();
  let statistics = noStatistics;
  let failedAt: number | null = null;
  const check = async (plan: Plan): Promise<{ readonly before: Tree; readonly verdict: Verdict }> => {
    const before = printProgram(plan, request.language);
    return {
      before,
      verdict: await checkProgram(before, { sweeper, language: request.language, select: selectBy(plan) }),
    };
  };
  const property = fc.asyncProperty(program, async (plan) => {
    // Everything passes once the time for shrinking is over, which ends it.
    if (failedAt !== null && Date.now() - failedAt > request.shrinkMs) return;
    const { before, verdict } = await check(plan);
    if (verdict.kind === "broken") {
      failedAt ??= Date.now();
      throw new Error(verdict.why);
    }
    if (verdict.kind === "discarded") {
      const isOrderly = verdict.error === loadOrder;
      const { discarded, orderly } = statistics;
      statistics = {
        ...statistics,
        discarded: discarded + (isOrderly ? 0 : 1),
        orderly: orderly + (isOrderly ? 1 : 0),
      };
    } else if (failedAt === null) statistics = addProgram(statistics, { before, ...verdict });
    fc.pre(verdict.kind !== "discarded");
  });
  const { runs, seed, path } = request;
  // A program may leave an import that fails to itself; what it does is compared all the same.
  const overlook = () => undefined;
  process.on("unhandledRejection", overlook);
  const details = await fc.check(property, { numRuns: runs, seed, ...(path === undefined ? {} : { path }) });
  process.off("unhandledRejection", overlook);
  if (!details.failed) return { request, statistics, failure: null };
  const plan = details.counterexample?.[0];
  if (plan === undefined) throw new Error("Assertion: the run failed without a program, so most programs do not run");
  const { before, verdict } = await check(plan);
  const [why, after] = verdict.kind === "broken" ? [verdict.why, verdict.after] : ["not broken when run again", before];
  return { request, statistics, failure: { path: details.counterexamplePath ?? "", why, before, after } };
}

/** A part of the garbage that depends on the plan: about half of it. */
function selectBy({ subset }: Plan): Check["select"] {
  return (garbage) => [garbage.filter((_, index) => (subset >> (index % 10)) % 2 === 1)];
}
