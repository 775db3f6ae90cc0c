import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { retentionSchema } from "../../src/core/retention-schema.ts";
import { assertRoom, keepWithinLimits } from "../../src/io/retention.ts";
import { writeFiles } from "../command-line.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const now = new Date("2026-11-23T02:00:00Z");

test("caches and reports go by age, what people still need stays", async () => {
  await using folder = await temporaryFolder();
  const place = { stateDirectory: join(folder.path, "state"), reportsDirectory: join(folder.path, "reports") };
  await writeFiles(folder.path, {
    "state/mirrors/plum/HEAD": "",
    "state/mirrors/pear/HEAD": "",
    "state/forge/plum/1.patch": "",
    "state/nightsweep.sqlite": "",
    "reports/2024-11-23/night.json": "",
    "reports/2026-11-22/night.json": "",
    "reports/index.html": "",
  });
  const long = new Date("2026-01-01T00:00:00Z");
  for (const old of ["state/mirrors/pear/HEAD", "state/mirrors/pear", "state/forge/plum/1.patch"])
    await utimes(join(folder.path, old), long, long);
  const gone = await keepWithinLimits({ ...place, retention: retentionSchema.parse({}) }, now);
  expect(gone.map((path) => path.slice(folder.path.length))).toEqual(["/state/mirrors/pear", "/reports/2024-11-23"]);
  expect(
    (await readdir(folder.path, { recursive: true })).filter((name) => /HEAD|patch|night\.json/.test(name)).toSorted(),
  ).toEqual(["reports/2026-11-22/night.json", "state/forge/plum/1.patch", "state/mirrors/plum/HEAD"]);
});

test("a night that has too little room is told so, and how much there is", async () => {
  await using folder = await temporaryFolder();
  const place = { stateDirectory: folder.path, reportsDirectory: folder.path };
  const endless = { ...place, retention: retentionSchema.parse({ freeMegabytes: 1e12 }) };
  await expect(assertRoom(endless)).rejects.toMatchObject({ code: "DISK_FULL" });
  await expect(
    assertRoom({ ...place, retention: retentionSchema.parse({ freeMegabytes: 0 }) }),
  ).resolves.toBeUndefined();
});
