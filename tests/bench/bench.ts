/**
 * Seconds and peak memory of mark and find beside knip's own run on the same tree: `npm run bench [-- <folder>...]`.
 * Each folder is the work tree of a git repository; without any, this project.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..", "..");
const contestants = {
  nightsweep: [path.join(import.meta.dirname, "mark-and-find.ts")],
  knip: [path.join(root, "node_modules", "knip", "bin", "knip.js"), "--no-exit-code", "--reporter", "json"],
} as const;
const sampleMs = 50;

type Measure = { readonly seconds: number; readonly megabytes: number; readonly exitCode: number | null };

/** Wall seconds of a program with all that it starts, and the largest sum of their resident sets in MB. */
async function measure(command: readonly string[], folder: string): Promise<Measure> {
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: folder, stdio: "ignore" });
  let kilobytes = 0;
  const sampling = setInterval(() => {
    kilobytes = Math.max(kilobytes, child.pid === undefined ? 0 : residentOf(child.pid));
  }, sampleMs);
  await once(child, "exit");
  clearInterval(sampling);
  return { seconds: (performance.now() - began) / 1000, megabytes: kilobytes / 1024, exitCode: child.exitCode };
}

/** Kilobytes of a process and its descendants, as Linux tells them; 0 on other systems. */
function residentOf(leader: number): number {
  if (process.platform !== "linux") return 0;
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStatus(Number(name)));
  const family = new Set([leader]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.reduce((sum, { pid, resident }) => sum + (family.has(pid) ? resident : 0), 0);
}

function readStatus(
  pid: number,
): readonly { readonly pid: number; readonly parent: number; readonly resident: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const number = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
    return [{ pid, parent: number("PPid"), resident: number("VmRSS") }];
  } catch {
    // It ended between the listing and the look.
    return [];
  }
}

const folders = process.argv.slice(2);
process.stdout.write("| repository | nightsweep s | nightsweep MB | knip s | knip MB | |\n|---|---|---|---|---|---|\n");
for (const folder of folders.length > 0 ? folders : [root]) {
  const place = path.resolve(folder);
  const ours = await measure(contestants.nightsweep, place);
  const theirs = await measure(contestants.knip, place);
  const figures = [ours, theirs].flatMap(({ seconds, megabytes }) => [seconds.toFixed(2), megabytes.toFixed(0)]);
  const failed = [
    ...(ours.exitCode === 0 ? [] : ["nightsweep failed"]),
    // knip ends with 2 when a configuration of the repository does not load, and goes on all the same.
    ...(theirs.exitCode === 0 || theirs.exitCode === 2 ? [] : ["knip failed"]),
  ];
  process.stdout.write(`| ${[path.basename(place), ...figures, failed.join(", ")].join(" | ")} |\n`);
}
