/**
 * Whether the bundles of all production entries are byte for byte the same after a sweep of everything that is sure:
 * `npm run bundles -- [--keep <folder>] <checkout>...`. Nothing has to be installed; the checkout is as before when this
 * ends. Bundles that differ are written to the folder, before and after, to be compared line by line.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleOptions } from "../../src/io/bundle.ts";
import { gitIn, markCheckout, sweepAll } from "./sweep-all.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: "string" } } });
const esbuild = resolve(import.meta.dirname, "../../node_modules/esbuild/bin/esbuild");

/** The bundle of one entry, or null when it cannot be bundled. */
function bundle(directory: string, entry: string): string | null {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [esbuild, `./${entry}`, ...bundleOptions.filter((word) => !/^--(entry-names|loader:[^=]*=file)/.test(word))],
    { cwd: directory, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status === 0) return stdout;
  process.stderr.write(`${entry} does not bundle: ${stderr.trim().split("\n")[0] ?? ""}\n`);
  return null;
}

async function compare(directory: string): Promise<void> {
  if (gitIn(directory, "status", "--porcelain", "--untracked-files=no") !== "")
    throw new Error(`${directory} has uncommitted changes`);
  const heap = await markCheckout(directory);
  const entries = heap.roots.flatMap(({ purpose, file, keeps }) =>
    purpose === "production" && keeps !== "types" && !file.endsWith(".d.ts") ? [file] : [],
  );
  const before = new Map(entries.map((entry) => [entry, bundle(directory, entry)]));
  const swept = sweepAll(directory, heap);
  const lines = gitIn(directory, "diff", "--shortstat").trim();
  const bundled = entries.filter((entry) => before.get(entry) !== null);
  const after = new Map(bundled.map((entry) => [entry, bundle(directory, entry)]));
  gitIn(directory, "checkout", "--quiet", "--", ".");
  const differing = bundled.filter((entry) => after.get(entry) !== before.get(entry));
  const commit = gitIn(directory, "rev-parse", "--short", "HEAD").trim();
  process.stdout.write(
    `| ${basename(directory)} ${commit} | ${swept.length} | ${lines} | ${entries.length} | ${bundled.length} | ${bundled.length - differing.length} |\n`,
  );
  for (const entry of differing) {
    const isBroken = after.get(entry) === null;
    process.stdout.write(`  ${isBroken ? "no longer bundles" : "differs"}: ${entry}\n`);
    if (values.keep === undefined) continue;
    const folder = join(values.keep, basename(directory), entry.replaceAll("/", "+"));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "before.js"), before.get(entry) ?? "");
    writeFileSync(join(folder, "after.js"), after.get(entry) ?? "");
  }
}

process.stdout.write(
  "| repository | swept | lines | entries | that bundle | identical |\n| --- | --- | --- | --- | --- | --- |\n",
);
for (const directory of positionals) await compare(resolve(directory));
