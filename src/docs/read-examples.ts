import { readdir } from "node:fs/promises";
import path from "node:path";
import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import type { Category } from "../core/policy.ts";
import { readTextIfPresent } from "../io/files.ts";

/** A fixture of a pass: what stood there, and what its sweep made of it. */
export type Example = { readonly changes: readonly FileChange[]; readonly texts: Readonly<Record<RepoPath, string>> };

/** The fixtures that show best what a pass does; of a pass without one here it is the first that collects. */
const chosen: Readonly<Partial<Record<Category, string>>> = {
  "commented-code": "collects-statements",
  "orphan-test": "collects-one-test-of-a-file",
  "stale-flag": "collects-and-keeps-a-scope",
  "unreachable-code": "collects-behind-jumps",
  "unused-class-member": "collects-with-overrides",
  "unused-dependency": "collects-both-sections",
  "unused-directive": "collects-those-with-nothing-behind",
  "unused-enum-member": "collects-members",
  "unused-export": "collects-cross-file-chain",
  "unused-file": "collects-pair-that-imports-each-other",
  "unused-import": "collects-some-names",
  "unused-local": "collects-and-keeps-the-call",
  "unused-parameter": "collects-at-the-end-of-callbacks",
  "unused-property": "collects-write-only-fields",
  "unused-type": "collects-merged-interfaces",
};

/** Reads an example for each pass that has a fixture which collects. */
export async function readExamples(
  fixtures: string,
  passes: readonly Category[],
): Promise<ReadonlyMap<Category, Example>> {
  const examples = new Map<Category, Example>();
  for (const pass of passes) {
    const cases = (await readdir(path.join(fixtures, pass))).filter((name) => name.startsWith("collects-")).toSorted();
    const name = cases.find((one) => one === chosen[pass]) ?? cases[0];
    if (name !== undefined) examples.set(pass, await readExample(path.join(fixtures, pass, name)));
  }
  return examples;
}

async function readExample(folder: string): Promise<Example> {
  const files = (await listFiles(path.join(folder, "before"))).concat(await listFiles(path.join(folder, "after")));
  const texts: Record<RepoPath, string> = {};
  const changes: FileChange[] = [];
  for (const file of [...new Set(files)].toSorted()) {
    const before = await readTextIfPresent(path.join(folder, "before", file));
    const after = await readTextIfPresent(path.join(folder, "after", file));
    if (before !== undefined) texts[file] = before;
    if (before === after) continue;
    changes.push(after === undefined ? { kind: "delete", file } : { kind: "write", file, text: after });
  }
  return { changes, texts };
}

async function listFiles(folder: string): Promise<readonly RepoPath[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}
