import { expect, it } from "vitest";
import { candidateId, type CandidateId } from "../../src/core/names.ts";
import { orderUnits } from "../../src/verify/clusters.ts";
import { confirm, type Judged } from "../../src/verify/confirm.ts";
import type { DetailedRun } from "../../src/verify/run-check.ts";
import { search, type TryTree } from "../../src/verify/search.ts";
import { randomNumbers } from "../bench/random-numbers.ts";

const id = (name: number): CandidateId => candidateId(`unused-export:p${name}`);
const share = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** One run of a suite that fails when something bad is in the tree, and one time in five for no reason. */
function runOnce(isBad: boolean, random: () => number): Judged {
  const failed = isBad || random() < 0.2;
  const result = failed ? "failed" : "passed";
  const common = { check: "npm test", kind: "test", ms: 1, tests: null, failedTests: [], tail: "" } as const;
  const run: DetailedRun = { run: { ...common, result, exitCode: failed ? 1 : 0 }, output: "", results: null };
  return { run, reason: failed ? "exit code 1" : null };
}

it.each([
  [10, 0],
  [10, 1],
  [10, 3],
  [50, 0],
  [50, 3],
])(
  "a suite that fails one time in five misleads none of 200 nights with %i candidates, %i of them bad",
  async (count, badCount) => {
    const random = randomNumbers(count * 100 + badCount);
    const runs: number[] = [];
    for (let night = 0; night < 200; night++) {
      const bad = new Set<CandidateId>();
      while (bad.size < badCount) bad.add(id(Math.floor(random() * count)));
      const candidates = Array.from({ length: count }, (_, index) => ({ id: id(index), requires: [] }));
      let ran = 0;
      const known = new Map<string, Awaited<ReturnType<TryTree>>>();
      const trial: TryTree = async (ids, afresh = false) => {
        const key = ids.join();
        const before = afresh ? undefined : known.get(key);
        if (before !== undefined) return before;
        const again = (): Promise<Judged> => {
          ran++;
          return Promise.resolve(
            runOnce(
              ids.some((one) => bad.has(one)),
              random,
            ),
          );
        };
        const { reason } = await confirm(await again(), again, () => false);
        const answer =
          reason === null
            ? ({ kind: "survived" } as const)
            : ({ kind: "broke", check: "npm test", tail: reason, isSure: false, suspects: [] } as const);
        known.set(key, answer);
        return answer;
      };
      const found = await search(orderUnits(candidates), trial);
      runs.push(ran);
      expect(found.culprits.map((culprit) => culprit.id).toSorted()).toEqual([...bad].toSorted());
      expect(found.accepted).toHaveLength(count - badCount);
    }
    expect(share(runs)).toBeLessThan(badCount === 0 ? 2 : 20 * badCount * Math.log2(count));
  },
);
