import type { Check, TreeRun } from "../core/check.ts";
import type { Laboratory, ProvenCheck, Specimen } from "./laboratory.ts";
import { isUsable } from "./judge.ts";
import { runCheck, type DetailedRun } from "./run-check.ts";

/** How the checks behave before anything is changed. */
export type Baseline = {
  readonly treeRun: TreeRun;
  /** The checks that can prove something, in the order in which they passed. */
  readonly proven: readonly ProvenCheck[];
};

/**
 * Runs every check on the base. A check that fails is run once more after the others: many tests need a build, and a
 * test that fails only once is remembered as one that may fail. What stays red is left out of every later tree.
 */
export async function runBaseline(request: {
  readonly checks: readonly Check[];
  /** The base itself, without a change. */
  readonly specimen: Specimen;
  readonly laboratory: Pick<Laboratory, "enter" | "equip">;
  readonly onRun: (check: Check) => void;
}): Promise<Baseline> {
  const { checks, specimen, laboratory, onRun } = request;
  await laboratory.enter(specimen);
  const bench = await laboratory.equip();
  const proven: ProvenCheck[] = [];
  const runs: DetailedRun[] = [];
  const again: { readonly check: Check; readonly first: DetailedRun }[] = [];
  const attempt = async (check: Check): Promise<DetailedRun> => {
    const run = await runCheck(check, bench);
    runs.push(run);
    onRun(check);
    return run;
  };
  for (const check of checks) {
    const baseline = await attempt(check);
    if (baseline.run.result === "passed") proven.push({ check, baseline });
    else if (baseline.run.result === "failed") again.push({ check, first: baseline });
  }
  for (const { check, first } of again) {
    const second = await attempt(check);
    const baseline = isUsable(first) && isUsable(second) ? withFailuresOf(first, second) : second;
    if (isUsable(baseline)) proven.push({ check, baseline });
  }
  const last = new Map(runs.map(({ run }) => [run.check, run]));
  const guessed = new Set(checks.filter(isGuessed).map(({ name }) => name));
  const survived =
    proven.length > 0 && [...last.values()].every((run) => run.result === "passed" || guessed.has(run.check));
  return { treeRun: { tree: specimen.tree, candidates: [], runs: [...last.values()], survived }, proven };
}

/** A type check that no script of the repository asks for may be red without anybody minding: it is only left out. */
function isGuessed({ source }: Check): boolean {
  return /(^|\/)tsconfig[\w.-]*\.json$/.test(source);
}

function withFailuresOf(first: DetailedRun, second: DetailedRun): DetailedRun {
  if (first.results === null || second.results === null) return second;
  const failedTests = [...new Set([...first.results.failedTests, ...second.results.failedTests])].toSorted();
  return { ...second, results: { ...second.results, failedTests } };
}
