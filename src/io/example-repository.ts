import { existsSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "../core/errors.ts";
import { git } from "./git.ts";
import { packageRoot } from "./own-package.ts";

const bundled = path.join(packageRoot, "tests", "example");
const prefix = "example:";
const names = ["orchard"] as const;

/** The history that the example is given, so that its code has an age; the last commit takes what is left. */
const history = [
  {
    date: "2024-03-04T09:00:00Z",
    subject: "Open the orchard shop",
    files: [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      ".gitignore",
      "README.md",
      ":(glob)src/*.ts",
      "src/legacy",
    ],
  },
  { date: "2024-06-17T14:30:00Z", subject: "Print labels in two languages", files: ["src/labels", "src/commands"] },
  { date: "2025-02-11T10:15:00Z", subject: "Test what the shop does", files: ["."] },
] as const;

/** True when a location names an example that comes with nightsweep: `example:orchard`. */
export function isExample(location: string): boolean {
  return location.startsWith(prefix);
}

/**
 * Plants a bundled example as a git repository in the state folder, once, and returns its path. What is there already
 * is used as it is: delete the folder to have a fresh one. Throws REPOSITORY_NOT_FOUND for an unknown name.
 */
export async function plantExample(location: string, stateDirectory: string, signal: AbortSignal): Promise<string> {
  const name = names.find((one) => location === prefix + one);
  if (name === undefined)
    throw new NightsweepError("REPOSITORY_NOT_FOUND", `${location}; the examples are ${names.join(", ")}`);
  const directory = path.join(stateDirectory, "example", name);
  if (existsSync(directory)) return directory;
  // Planted beside its place and then moved, so that a killed night leaves no half of it.
  const seedling = `${directory}.${process.pid}`;
  await rm(seedling, { recursive: true, force: true });
  await mkdir(path.dirname(seedling), { recursive: true });
  await cp(path.join(bundled, name), seedling, { recursive: true });
  // npm leaves files of this name out of what it publishes.
  await writeFile(path.join(seedling, ".gitignore"), "node_modules/\n");
  const call = { directory: seedling, signal };
  await git({ ...call, words: ["init", "--quiet", "--initial-branch=main"] });
  for (const { date, subject, files } of history) {
    await git({ ...call, words: ["add", "--", ...files] });
    await git({ ...call, words: ["commit", "--quiet", `--message=${subject}`], env: gardener(date) });
  }
  await rename(seedling, directory);
  return directory;
}

/** Author and committer with a fixed date, so that the example has the same commits everywhere. */
function gardener(date: string): Record<string, string> {
  return Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((role) => [
      [`GIT_${role}_NAME`, "The orchard"],
      [`GIT_${role}_EMAIL`, "orchard@example.org"],
      [`GIT_${role}_DATE`, date],
    ]),
  );
}
