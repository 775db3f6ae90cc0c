/**
 * Kills a night over ten small repositories at moments of chance and starts it again, until it is through:
 * `npm run bench:kill-nights -- 100`. It ends with 1 when an end differs from that of an undisturbed night, when something
 * was published twice, or when a finished step was repeated. The store is SQLite.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { nightId, repoKey } from "../../src/core/names.ts";
import { finishedSteps, listNights, openStore } from "../../src/io/store.ts";
import { plant, smallOrchard, writeFiles } from "../command-line.ts";
import { randomNumbers } from "./random-numbers.ts";

const kills = Number(process.argv[2] ?? 100);
const repositories = Array.from({ length: 10 }, (_, index) => `orchard-${index}`);
const random = randomNumbers(kills);
const root = await realpath(await mkdtemp(path.join(tmpdir(), "nightsweep-nights-")));
const cli = path.join(import.meta.dirname, "../../src/cli.ts");
const counter = path.join(import.meta.dirname, "../count-records.ts");

const calmFolder = await operate("calm");
const began = performance.now();
await live(calmFolder, null);
const calmMs = performance.now() - began;
const calm = await endState(calmFolder);
process.stdout.write(`an undisturbed night takes ${Math.round(calmMs)} ms\n`);

const sum = { killed: 0, nights: 0, repeated: 0, different: 0, started: 0 };
while (sum.killed < kills) {
  const folder = await operate(`night-${sum.nights}`);
  for (let isOver = false; !isOver;) {
    const finished = await finishedIn(folder);
    const records = (await recordsOf(folder)).length;
    // The last life of the last night is left alone.
    const afterMs = sum.killed < kills ? 300 + random() * calmMs * 0.6 : null;
    isOver = (await live(folder, afterMs)) !== "SIGKILL";
    if (!isOver) sum.killed += 1;
    const again = (await recordsOf(folder)).slice(records).filter((record) => finished.has(record));
    sum.repeated += again.length;
    if (again.length > 0) process.stdout.write(`repeated: ${again.join(", ")}\n`);
  }
  sum.nights += 1;
  sum.started += (await recordsOf(folder)).length;
  const end = await endState(folder);
  if (end !== calm) {
    sum.different += 1;
    process.stdout.write(`another end:\n${end}\ninstead of\n${calm}\n`);
  }
  process.stdout.write(`${sum.killed} kills in ${sum.nights} nights\n`);
  await rm(folder, { recursive: true, force: true });
}
await rm(root, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify(sum)}\n`);
process.exitCode = sum.repeated + sum.different === 0 ? 0 : 1;

/** One life of the process; how it ended. */
async function live(folder: string, killAfterMs: number | null): Promise<string> {
  const child = spawn(process.execPath, ["--import", counter, cli, "run"], {
    cwd: folder,
    env: { ...process.env, TZ: "UTC", NIGHTSWEEP_SANDBOX: "available", NIGHTSWEEP_RECORD_LIST: listOf(folder) },
    stdio: "ignore",
  });
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await once(child, "exit");
  clearTimeout(timer);
  return child.signalCode ?? `code ${child.exitCode ?? "none"}`;
}

/** The steps that the store knows to be finished, as the counter names them. */
async function finishedIn(folder: string): Promise<ReadonlySet<string>> {
  await using store = await openStore(path.join(folder, ".nightsweep"));
  const finished = new Set<string>();
  for (const { night } of await listNights(store))
    for (const repo of repositories)
      for (const stage of Object.keys(await finishedSteps(store, nightId(night), repoKey(repo))))
        finished.add(`${night}/${repo}/${stage}`);
  return finished;
}

async function recordsOf(folder: string): Promise<readonly string[]> {
  const text = await readFile(listOf(folder), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

function listOf(folder: string): string {
  return path.join(folder, "records.txt");
}

/** What people see of a night but its times: how each repository ended, and all pull requests with their texts. */
async function endState(folder: string): Promise<string> {
  await using store = await openStore(path.join(folder, ".nightsweep"));
  const nights = (await listNights(store)).map(({ finishedAt, repos }) => ({
    isOver: finishedAt !== null,
    repos: repos.map(({ repo, state, stage }) => `${repo} ${state} ${stage ?? ""}`),
  }));
  const lines: string[] = [];
  for (const repo of repositories) {
    const forge = path.join(folder, ".nightsweep", "forge", repo);
    for (const file of (await readdir(forge)).toSorted()) {
      const text = await readFile(path.join(forge, file), "utf8");
      lines.push(`${repo}/${file}: ${text.replace(/\d+(?:\.\d+)? s\b/g, "? s").length}`);
    }
  }
  return JSON.stringify({ nights, lines }, null, 1);
}

async function operate(name: string): Promise<string> {
  const folder = path.join(root, name);
  for (const repository of repositories) await plant(path.join(folder, repository), smallOrchard);
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify({ repositories, policy: "policy.yaml" })};\n`,
    "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n",
  });
  return folder;
}
