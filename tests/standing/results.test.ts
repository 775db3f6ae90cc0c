import path from "node:path";
import { expect, test } from "vitest";
import type { StandingOutcome } from "../../src/core/lifecycle.ts";
import { nightId, repoKey } from "../../src/core/names.ts";
import { writeRecord } from "../../src/io/records.ts";
import { readStandingResults, standingResultsOf } from "../../src/standing-results.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { peel, pit, ripen } from "../report/orchard-night.ts";

const repo = repoKey("orchard");
const outcome: StandingOutcome = {
  ...{ number: 7, branch: "nightsweep/unused-export/src-0a1b2c3d", url: "https://forge.example/7" },
  ...{ result: "awaiting-ci", because: "its checks are running", done: [], candidates: [ripen.id] },
};

test("what became of the pull request of a candidate is told by name, of the last night that published", async () => {
  await using folder = await temporaryFolder();
  const directory = path.join(folder.path, "reports");
  const publish = async (night: string, standing: readonly StandingOutcome[]) => {
    const record = { format: 1, night: nightId(night), repo, stage: "publish", startedAt: "", ms: 1 } as const;
    const output = { forge: "github", outcomes: [], standing };
    await writeRecord({ directory, mask: (text) => text }, { ...record, output });
  };
  expect(await readStandingResults(directory, repo)).toBeNull();
  await publish("2026-11-22", [{ ...outcome, candidates: [peel.id] }]);
  await publish("2026-11-23", [outcome]);
  const found = await readStandingResults(directory, repo);
  expect(standingResultsOf(ripen.id, found)).toEqual([
    "  2026-11-23 https://forge.example/7: awaiting-ci (a draft: the checks of the repository have not finished): its checks are running",
  ]);
  expect(standingResultsOf(peel.id, found)).toEqual([]);
  expect(standingResultsOf(pit.id, null)).toEqual([]);
});
