import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nightId } from "../src/core/names.ts";
import { stages, type NightResult } from "../src/core/stage.ts";
import { readNight, recordedNights } from "../src/io/records.ts";
import { nightsweep, plant, smallOrchard, temporaryFolder, writeFiles } from "./command-line.ts";

const night = nightId("2026-11-23");
const cli = path.resolve(import.meta.dirname, "..", "src", "cli.ts");
const killer = path.resolve(import.meta.dirname, "kill-after.ts");

let root = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

test("a night that is killed after every stage ends as one that was left alone", async () => {
  const calm = await operate("calm");
  await nightsweep(["run"], { folder: calm, now: new Date() });
  const killed = await operate("killed");
  const deaths = [];
  for (const record of [...stages.map((stage) => `${stage}.json`), "night.json", "repo.md", "night.md"])
    deaths.push(await dieAfter(killed, record));
  expect(new Set(deaths)).toEqual(new Set(["SIGKILL"]));
  expect(await nightsweep(["run"], { folder: killed, now: new Date() })).toMatchObject({ code: 0, stderr: "" });
  expect(await endState(killed)).toEqual(await endState(calm));
}, 300_000);

test("a night that is interrupted ends at the boundary of a stage and is gone on with", async () => {
  const folder = await operate("interrupted");
  const controller = new AbortController();
  controller.abort();
  const ended = await nightsweep(["run"], { folder, signal: controller.signal });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain("The night was interrupted");
  expect(await nightsweep(["run"], { folder })).toMatchObject({ code: 0 });
  const { repos } = await readNight(path.join(folder, "reports"), night);
  expect(repos[0]?.stages.publish?.outcomes).toHaveLength(1);
});

/** Runs the night in a process of its own that kills itself after a record, and says which signal ended it. */
async function dieAfter(folder: string, record: string): Promise<unknown> {
  const child = spawn(process.execPath, ["--import", killer, cli, "run"], {
    cwd: folder,
    env: { ...process.env, NIGHTSWEEP_KILL_AFTER: record },
    stdio: "ignore",
  });
  await once(child, "exit");
  return child.signalCode;
}

/** What people see of a night, without its times: nights, pull requests with their descriptions and patches. */
async function endState(folder: string): Promise<unknown> {
  const reports = path.join(folder, "reports");
  const nights = await recordedNights(reports);
  const forge = path.join(folder, ".nightsweep", "forge", "orchard");
  const files = (await readdir(forge)).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(path.join(forge, file), "utf8")));
  return {
    nights,
    outcomes: await Promise.all(nights.map(async (id) => outcomesOf(await readNight(reports, id)))),
    pullRequests: files.map((file, index) => [file, withoutTimes(texts[index] ?? "")]),
  };
}

function outcomesOf({ dryRun, repos }: NightResult): unknown {
  return { dryRun, repos: repos.map(({ repo, stopped, stages: { publish } }) => ({ repo, stopped, publish })) };
}

function withoutTimes(text: string): string {
  return text.replace(/\d+(?:\.\d+)? s\b/g, "? s");
}

async function operate(name: string): Promise<string> {
  const folder = path.join(root, name);
  await plant(path.join(folder, "orchard"), smallOrchard);
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify({ repositories: ["orchard"], policy: "policy.yaml" })};\n`,
    "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n",
  });
  return folder;
}
