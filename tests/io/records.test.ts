import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nightId } from "../../src/core/names.ts";
import { stages } from "../../src/core/stage.ts";
import { createMask } from "../../src/io/mask.ts";
import {
  readNight,
  readRecord,
  recordedNights,
  writeJsonReport,
  writeNight,
  writeRecord,
} from "../../src/io/records.ts";
import { night, orchard, orchardNight } from "../report/orchard-night.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const mask = createMask({ environment: {}, paths: [{ path: "/srv/orchard", as: "." }] });

test("a night is read back as it was written", async () => {
  await using folder = await temporaryFolder();
  const reports = { directory: folder.path, mask };
  for (const repo of orchardNight.repos)
    for (const stage of stages) {
      const output = repo.stages[stage];
      if (output === undefined) continue;
      await writeRecord(reports, { format: 1, night, repo: repo.repo, stage, startedAt: "x", ms: 5, output });
    }
  await writeNight(reports, orchardNight);
  expect(await readNight(folder.path, night)).toEqual(orchardNight);
  expect(await recordedNights(folder.path)).toEqual([night]);
  expect(await readdir(folder.path)).toEqual([night]);
  expect((await readdir(join(folder.path, night, orchard))).toSorted()).toEqual(
    stages.map((stage) => `${stage}.json`).toSorted(),
  );
});

test("a stage that has not run has no record", async () => {
  await using folder = await temporaryFolder();
  expect(await readRecord(folder.path, { night, repo: orchard, stage: "verify" })).toBeNull();
});

test.each([
  ["cut short", '{"format":1,', "mark.json"],
  ["of another format", JSON.stringify({ format: 2 }), "mark.json"],
  [
    "of another stage",
    JSON.stringify({ format: 1, night, repo: orchard, stage: "find", startedAt: "", ms: 1 }),
    "mark.json",
  ],
  [
    "without a field",
    JSON.stringify({ format: 1, night, repo: orchard, stage: "mark", startedAt: "", ms: 1, output: { roots: [] } }),
    "mark.json output",
  ],
])("a record %s is refused with its place", async (_what, text, place) => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, night, orchard), { recursive: true });
  await writeFile(join(folder.path, night, orchard, "mark.json"), text);
  const reading = readRecord(folder.path, { night, repo: orchard, stage: "mark" });
  await expect(reading).rejects.toMatchObject({
    code: "RECORD_INVALID",
    message: expect.stringContaining(`${night}/${orchard}/${place}`) as string,
    detail: expect.stringMatching(/\w/) as string,
  });
});

test("a night that has no record names those that have", async () => {
  await using folder = await temporaryFolder();
  await expect(readNight(folder.path, night)).rejects.toThrow("there is none yet");
  for (const name of ["2026-11-21", "2026-11-21.2", "2026-11-21.10", "notes"]) await mkdir(join(folder.path, name));
  await expect(readNight(folder.path, night)).rejects.toThrow("there are 2026-11-21.10, 2026-11-21.2, 2026-11-21");
  expect(await recordedNights(join(folder.path, "nowhere"))).toEqual([]);
});

test("what is written is masked", async () => {
  await using folder = await temporaryFolder();
  const reports = { directory: folder.path, mask };
  await writeJsonReport(reports, `${night}/report.json`, { text: "see /srv/orchard/a.md" });
  expect(await readFile(join(folder.path, night, "report.json"), "utf8")).toContain("see ./a.md");
  await writeNight(reports, {
    night: nightId("2026-11-24"),
    startedAt: "/srv/orchard",
    ms: 1,
    dryRun: true,
    repos: [],
  });
  expect(await readNight(folder.path, nightId("2026-11-24"))).toMatchObject({ startedAt: "." });
});
