/**
 * CPU seconds and peak memory of mark and find beside knip and fallow on the same trees:
 * `npm run bench [-- <folder>...]`. Each folder is the work tree of a git repository; without any, this project. The
 * columns are mark and find cold, with an empty memory, the index alone (without knip's roots), a second run after one changed file, knip's
 * own run, and fallow's, which comes from the npm registry at a fixed version and is left out where it cannot be had.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { git, records } from "../../src/io/git.ts";
import { isAsidePath, isTestPath } from "../../src/mark/paths.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
const fallowVersion = "3.36.0";
const ticksPerSecond = 100;
const sampleMs = 50;
const markAndFind = path.join(import.meta.dirname, "mark-and-find.ts");

type Measure = { readonly seconds: number; readonly megabytes: number; readonly exitCode: number | null };

/** CPU seconds of a program with all that it starts, and the largest sum of their resident sets in MB. Linux only. */
async function measure(command: readonly string[], folder: string): Promise<Measure> {
  const before = childTicks();
  const [program = "", ...words] = command;
  const child = spawn(program, words, { cwd: folder, stdio: "ignore" });
  let kilobytes = 0;
  const sampling = setInterval(() => {
    kilobytes = Math.max(kilobytes, child.pid === undefined ? 0 : residentOf(child.pid));
  }, sampleMs);
  await once(child, "exit");
  clearInterval(sampling);
  return {
    seconds: (childTicks() - before) / ticksPerSecond,
    megabytes: kilobytes / 1024,
    exitCode: child.exitCode,
  };
}

/** User and system time of the children that this process has waited for, with theirs, in clock ticks. */
function childTicks(): number {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  // proc(5): cutime and cstime are the fields 16 and 17, and the first two were cut off.
  return Number(fields[13]) + Number(fields[14]);
}

/** Kilobytes of a process and its descendants. */
function residentOf(leader: number): number {
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

/** The program itself, so that the time of npx is not taken for fallow's; undefined where npm cannot reach it. */
async function findFallow(folder: string): Promise<string | undefined> {
  try {
    await promisify(execFile)("npm", ["install", "--prefix", folder, "--no-save", `fallow@${fallowVersion}`]);
  } catch {
    return undefined;
  }
  const scope = path.join(folder, "node_modules", "@fallow-cli");
  return readdirSync(scope).map((name) => path.join(scope, name, "fallow"))[0];
}

/** A copy of the tracked files, in which nothing that a tool leaves behind disturbs the next one. */
async function copyTree(source: string, target: string): Promise<string> {
  const files = records(await git({ directory: source, words: ["ls-files", "-z"] }));
  // A partial clone may lack its largest files, none of which is source.
  for (const file of files.filter((name) => existsSync(path.join(source, name))))
    cpSync(path.join(source, file), path.join(target, file), { recursive: true, verbatimSymlinks: true });
  await git({ directory: target, words: ["init", "-q"] });
  await git({ directory: target, words: ["add", "-A", "-f"] });
  const plain = files.find((file) => /\/.*\.[jt]sx?$/.test(file) && !isTestPath(file) && !isAsidePath(file));
  return path.join(target, plain ?? "package.json");
}

/** Of two measures of one run, since the machine is never as busy twice. */
const ratio = (one: Measure, other: Measure | undefined): string =>
  other === undefined || other.seconds === 0 ? "-" : (one.seconds / other.seconds).toFixed(2);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
const cellOf = (measured: Measure | undefined): string =>
  measured === undefined ? "-" : `${measured.seconds.toFixed(2)} s, ${measured.megabytes.toFixed(0)} MB`;

const folders = process.argv.slice(2);
const work = mkdtempSync(path.join(tmpdir(), "nightsweep-bench-"));
try {
  const fallow = await findFallow(path.join(work, "fallow"));
  const measures = ["mark + find", "index alone", "second run", "knip", `fallow ${fallowVersion}`];
  const heads = ["repository", ...measures, "mark + find : knip", "index : fallow", "second : first"];
  process.stdout.write(`CPU seconds on ${availableParallelism()} cores, peak memory\n\n${row(heads)}`);
  process.stdout.write(row(heads.map(() => "---")));
  for (const [index, folder] of (folders.length > 0 ? folders : [root]).entries()) {
    const tree = path.join(work, `tree-${index}`);
    const plain = await copyTree(path.resolve(folder), tree);
    const memory = path.join(work, `memory-${index}`);
    const node = [process.execPath, markAndFind];
    const cold = await measure([...node, "--memory", memory], tree);
    const alone = await measure([...node, "--no-roots"], tree);
    appendFileSync(plain, "\n");
    const second = await measure([...node, "--memory", memory], tree);
    const knipProgram = path.join(root, "node_modules", "knip", "bin", "knip.js");
    const knip = await measure([process.execPath, knipProgram, "--no-exit-code", "--reporter", "json"], tree);
    const theirs = fallow === undefined ? undefined : await measure([fallow, "dead-code", "--format", "json"], tree);
    const failed = [cold, alone, second].some(({ exitCode }) => exitCode !== 0) ? " (failed)" : "";
    process.stdout.write(
      row([
        path.basename(path.resolve(folder)) + failed,
        ...[cold, alone, second, knip, theirs].map(cellOf),
        ratio(cold, knip),
        ratio(alone, theirs),
        ratio(second, cold),
      ]),
    );
    rmSync(tree, { recursive: true, force: true });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
