import type { Check, Quarantined, TreeRun } from "../core/check.ts";
import type { Laboratory, ProvenCheck, Specimen } from "./laboratory.ts";
import { isUsable } from "./judge.ts";
import { remediesFor } from "./remedy.ts";
import { runCheck, type DetailedRun } from "./run-check.ts";

/** How the checks behave before anything is changed. */
export type Baseline = {
  readonly treeRun: TreeRun;
  /** The checks that can prove something, in the order in which they passed. */
  readonly proven: readonly ProvenCheck[];
  /** Tests that prove nothing by themselves: they were red before, or differ between two runs of the same tree. */
  readonly quarantine: readonly Quarantined[];
  /** What the operator can do about checks that are red, as far as it can be told. */
  readonly remedies: readonly string[];
};

type Attempt = { readonly check: Check; readonly first: DetailedRun };

/**
 * Runs every check on the base, and tests twice: what differs between two runs of the same tree is flaky. A check that
 * fails is run again after the others, since many tests need a build. What stays red is left out of every later tree,
 * and so are single tests that are red by name.
 */
export async function runBaseline(request: {
  readonly checks: readonly Check[];
  /** The base itself, without a change. */
  readonly specimen: Specimen;
  readonly laboratory: Pick<Laboratory, "enter" | "equip">;
  /** Tests that pass and take longer are run only once. */
  readonly twiceUpToMs: number;
  readonly onRun: (check: Check) => void;
}): Promise<Baseline> {
  const { checks, specimen, laboratory, twiceUpToMs, onRun } = request;
  await laboratory.enter(specimen);
  const bench = await laboratory.equip();
  const proven: ProvenCheck[] = [];
  const quarantine: Quarantined[] = [];
  const runs: DetailedRun[] = [];
  const again: Attempt[] = [];
  const attempt = async (check: Check): Promise<DetailedRun> => {
    const run = await runCheck(check, bench);
    runs.push(run);
    onRun(check);
    return run;
  };
  for (const check of checks) {
    const first = await attempt(check);
    const { result, ms } = first.run;
    const isDoubtful = result === "failed" || (check.kind === "test" && result === "passed" && ms <= twiceUpToMs);
    if (isDoubtful) again.push({ check, first });
    else if (result === "passed") proven.push({ check, baseline: first });
  }
  for (const { check, first } of again) {
    const { baseline, quarantined } = compare(first, await attempt(check));
    if (!isUsable(baseline)) continue;
    proven.push({ check, baseline });
    quarantine.push(...quarantined);
  }
  const usable = new Set(proven.map(({ check }) => check.name));
  const survived = proven.length > 0 && checks.every((check) => usable.has(check.name) || isGuessed(check));
  const treeRun = { tree: specimen.tree, candidates: [], runs: runs.map(({ run }) => run), survived };
  const red = runs.filter(({ run }) => run.result !== "passed" && !usable.has(run.check));
  return { treeRun, proven, quarantine, remedies: remediesFor(red.map(({ output }) => output)) };
}

/** A type check that no script of the repository asks for may be red without anybody minding: it is only left out. */
function isGuessed({ source }: Check): boolean {
  return /(^|\/)tsconfig[\w.-]*\.json$/.test(source);
}

/** What two runs of the same tree say together: red is what failed twice, flaky what failed once. */
function compare(
  first: DetailedRun,
  second: DetailedRun,
): { readonly baseline: DetailedRun; readonly quarantined: readonly Quarantined[] } {
  const { check, kind } = second.run;
  // The first run of a check that needs a build says nothing of its tests.
  if (kind !== "test" || !(isUsable(first) && isUsable(second))) return unnamed(first, second);
  const before = new Set(first.results?.failedTests ?? []);
  const after = new Set(second.results?.failedTests ?? []);
  const red = [...after].filter((name) => before.has(name));
  const flaky = [...before, ...after].filter((name) => !(before.has(name) && after.has(name)));
  const results = second.results === null ? null : { ...second.results, failedTests: red };
  return {
    baseline: { ...second, results },
    quarantined: [
      ...red.map((test) => ({ check, test, because: "red-before" }) as const),
      ...flaky.map((test) => ({ check, test, because: "flaky" }) as const),
    ],
  };
}

/** Tests without names: a run that passed once can pass, and the check as a whole is flaky. */
function unnamed(first: DetailedRun, second: DetailedRun): ReturnType<typeof compare> {
  const isFlaky = second.run.kind === "test" && first.run.result === "passed" && second.run.result === "failed";
  if (!isFlaky) return { baseline: second, quarantined: [] };
  return { baseline: first, quarantined: [{ check: first.run.check, test: null, because: "flaky" }] };
}
