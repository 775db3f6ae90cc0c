/**
 * Kills a verification at a moment of chance, again and again, and lists what is left after the next start has cleared up:
 * `npm run bench:kills -- 20`. It ends with 1 when anything is.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearAfterTheDead } from "../../src/io/janitor.ts";
import { plantRepository } from "../io/planted-repository.ts";
import { shop } from "../verify/shop.ts";
import { randomNumbers } from "./random-numbers.ts";

const longestMs = 12_000;
const rounds = Number(process.argv[2] ?? 20);
const random = randomNumbers(rounds);
const folder = await realpath(await mkdtemp(join(tmpdir(), "nightsweep-kills-")));
const repository = join(folder, "shop");
const [temporary, cache] = [join(folder, "tmp"), join(folder, "cache")];
await mkdir(temporary);
await plantRepository(repository, {
  ...shop,
  "package.json":
    '{"private":true,"main":"src/shop.js","scripts":{"typecheck":"node check.mjs","test":"node slow.mjs"}}',
  "slow.mjs": `import { writeFileSync } from "node:fs"; import { spawn } from "node:child_process";
spawn("node", ["-e", "setInterval(() => 0, 50)"], { detached: true, stdio: "ignore" }).unref();
writeFileSync("left.txt", "plum".repeat(1e6)); setTimeout(() => import("./test.mjs"), 1500);`,
  "src/shop.js": 'import { price } from "./till.js";\nconsole.log(price);\n',
  "src/till.js": "export const price = 1;\nexport const tax = 2;\nexport function refund() {\n  return 3;\n}\n",
});
process.env["TMPDIR"] = temporary;
let left = 0;
let during = 0;
for (let round = 1; round <= rounds; round++) {
  const cli = join(import.meta.dirname, "../../src/cli.ts");
  const child = spawn(process.execPath, [cli, "try", repository], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, XDG_CACHE_HOME: cache },
    stdio: "ignore",
  });
  const afterMs = Math.round(500 + random() * longestMs);
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  await once(child, "exit");
  clearTimeout(timer);
  const orphans = (await processesIn(folder)).length;
  const cleared = await clearAfterTheDead(join(cache, "nightsweep"));
  const rest = await leftovers();
  during += orphans;
  left += rest.length;
  const how = child.signalCode === null ? "ended by itself" : `killed after ${afterMs} ms`;
  const words = [
    `${orphans} processes ran on`,
    `${cleared.folders.length} folders cleared`,
    `left: ${rest.join(", ") || "nothing"}`,
  ];
  process.stdout.write(`${round}. ${how}: ${words.join("; ")}\n`);
}
await rm(folder, { recursive: true, force: true });
process.stdout.write(`${rounds} rounds, ${during} processes for the janitor, ${left} things left\n`);
process.exitCode = left === 0 ? 0 : 1;

/** Processes, mounts, folders and half-written files of ours. */
async function leftovers(): Promise<readonly string[]> {
  const mounts = (await readFile("/proc/mounts", "utf8").catch(() => ""))
    .split("\n")
    .filter((line) => line.includes(folder));
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => /(^|\/)nightsweep-\w+-\d+-|\.new$|\.tmp$|worktrees\/[^/]+$/.test(name));
  return [
    ...(await processesIn(folder)).map((id) => `process ${id}`),
    ...mounts.map((line) => `mount ${line}`),
    ...files,
  ];
}

/** Processes of sandboxes whose private folder lies in a folder. */
async function processesIn(place: string): Promise<readonly string[]> {
  const ids = (await readdir("/proc").catch(() => [])).filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  );
  const texts = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return ids.filter((_, index) => texts[index]?.includes(place) === true);
}
