/** Writes everything that is generated from code (`npm run docs`), or with `--check` says what is stale. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { packageRoot } from "../io/own-package.ts";
import { readTextIfPresent } from "../io/files.ts";
import { passes } from "../passes/index.ts";
import { readExamples } from "./read-examples.ts";
import { renderDocs } from "./render-docs.ts";

const readme = await readFile(path.join(packageRoot, "README.md"), "utf8");
const fixtures = path.join(packageRoot, "tests", "passes");
const examples = await readExamples(
  fixtures,
  passes.map(({ name }) => name),
);
const stale: string[] = [];
for (const [file, text] of Object.entries(renderDocs(readme, examples))) {
  const place = path.join(packageRoot, file);
  if ((await readTextIfPresent(place)) === text) continue;
  stale.push(file);
  if (!process.argv.includes("--check")) await writeFile(place, text);
}
if (stale.length > 0 && process.argv.includes("--check")) {
  process.stderr.write(`stale: ${stale.join(", ")}; run npm run docs and commit what it writes\n`);
  process.exitCode = 1;
} else process.stdout.write(stale.length === 0 ? "docs are fresh\n" : `written: ${stale.join(", ")}\n`);
