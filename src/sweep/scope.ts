import type { Candidate } from "../core/candidate.ts";
import type { RepoPath } from "../core/names.ts";

/** Folders whose children are packages by custom. */
const packageFolders: ReadonlySet<string> = new Set([
  "apps",
  "examples",
  "extensions",
  "integrations",
  "libs",
  "modules",
  "packages",
  "plugins",
  "projects",
  "services",
  "tools",
]);

/**
 * The package or top folder that most of the candidates are in, as it may stand in the name of a branch:
 * `packages-core`, `src`, or `root` for what lies at the top.
 */
export function scopeOf(candidates: readonly Candidate[]): string {
  const folder = majority(candidates.map(({ subject }) => folderOf(subject.file)));
  const name = folder
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .replace(/(?:\.lock)+$/, "")
    .slice(0, 40)
    .replace(/^[-.]+|[-.]+$/g, "");
  return name === "" ? "root" : name;
}

function folderOf(file: RepoPath): string {
  const [top = "", second, ...rest] = file.split("/");
  if (second === undefined) return "";
  return packageFolders.has(top) && rest.length > 0 ? `${top}/${second}` : top;
}

/** The most frequent of some words, the first of them where several are; "" when there is none. */
export function majority(words: readonly string[]): string {
  let most = { word: "", count: 0 };
  for (const [word, { length }] of Map.groupBy(words, (one) => one))
    if (length > most.count) most = { word, count: length };
  return most.word;
}
