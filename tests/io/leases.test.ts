import { expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import type { StageName } from "../../src/core/stage.ts";
import { claimRepo, readLease } from "../../src/io/leases.ts";
import { beginNight, finishedSteps, finishStep, openStore } from "../../src/io/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const repo = repoKey("orchard/pear");
const now = "2026-11-23T01:00:00.000Z";
const day = "2026-11-23";

test.each<{ readonly done: readonly StageName[]; readonly left: readonly StageName[] }>([
  { done: [], left: [] },
  { done: ["checkout", "mark"], left: ["checkout", "mark"] },
  // The trees that were verified are on the machine of whoever verified them.
  { done: ["checkout", "mark", "find", "decide", "verify"], left: ["checkout", "mark", "find", "decide"] },
  { done: ["decide", "verify", "publish"], left: ["decide", "verify", "publish"] },
])("whoever takes over after $done goes on after $left", async ({ done, left }) => {
  await using folder = await temporaryFolder();
  await using store = await openStore(folder.path);
  const { night } = await beginNight(store, {
    day,
    now,
    dryRun: false,
    configHash: "a",
    repos: [{ repo, location: "pear" }],
  });
  await claimRepo(store, { night, repo, lease: "first" });
  for (const stage of done) await finishStep(store, { night, repo, stage, ms: 1, now });
  await claimRepo(store, { night, repo, lease: "second" });
  expect(await readLease(store, { night, repo })).toBe("second");
  expect(Object.keys(await finishedSteps(store, night, repo)).toSorted()).toEqual(left.toSorted());
});
