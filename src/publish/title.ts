import type { Candidate } from "../core/candidate.ts";
import type { VerifiedBatch } from "../core/check.ts";
import type { Marking, Unit } from "../core/marking.ts";
import type { KnipEntryPattern } from "../core/knip-entries.ts";
import { clip, counted, plainLine } from "../core/markdown.ts";
import type { RepoPath } from "../core/names.ts";
import { categories, type Category } from "../core/policy.ts";

/** GitHub takes 256; a list of pull requests shows about this many. */
const longestTitle = 100;

/** A title in plain words: "Remove 4 unused exports in packages/core"; a single candidate is called by its name. */
export function pullRequestTitle(
  batch: Pick<VerifiedBatch, "changes">,
  candidates: readonly Candidate[],
  marking: Marking,
  theme = "",
): string {
  const added = addedEntries(candidates);
  if (added.length > 0)
    return `Add ${counted(added.length, "missing entry", "missing entries")} to the configuration of knip`;
  const place = commonPlace(
    batch.changes.map(({ file }) => file),
    marking.units,
  );
  const title = clip(plainLine(`Remove ${named(candidates)}${place === "" ? "" : ` in ${place}`}`), longestTitle);
  const more = theme === "" ? "" : `: ${plainLine(theme)}`;
  return title.length + more.length <= longestTitle ? title + more : title;
}

/** The entries that candidates add to the configuration of knip: those remove nothing. */
export function addedEntries(candidates: readonly Candidate[]): readonly KnipEntryPattern[] {
  return candidates.flatMap(({ edits }) =>
    edits.flatMap((edit) => (edit.kind === "add-knip-entries" ? edit.entries : [])),
  );
}

function named(candidates: readonly Candidate[]): string {
  const [only, ...others] = candidates;
  if (only === undefined || others.length > 0) return subjectOf(candidates);
  const more = only.members.length > 1 ? ` and ${only.members.length - 1} more` : "";
  return `${nouns(only.category).one} ${clip(only.subject.name, 60)}${more}`;
}

/** "4 unused exports"; candidates of several categories are "6 unused things". */
export function subjectOf(candidates: readonly Candidate[]): string {
  const found = new Set(candidates.map(({ category }) => category));
  const [only] = found;
  if (only === undefined || found.size > 1) return counted(candidates.length, "unused thing");
  const { one, many } = nouns(only);
  return counted(candidates.length, one, many);
}

/** The table of categories has the plural, as a title; English makes the singular of those nouns by two rules. */
function nouns(category: Category): { readonly one: string; readonly many: string } {
  const many = categories[category].title.toLowerCase();
  return { one: many.replace(/ies$/, "y").replace(/s$/, ""), many };
}

/** The folder that all files are in; the package's folder where the files are spread over it. */
function commonPlace(files: readonly RepoPath[], units: readonly Unit[]): string {
  const folders = files.map((file) => file.split("/").slice(0, -1));
  const [first = []] = folders;
  const shared = first.findIndex((part, index) => folders.some((folder) => folder[index] !== part));
  const common = (shared === -1 ? first : first.slice(0, shared)).join("/");
  const unit = units
    .map(({ directory }) => directory)
    .filter((directory) => directory !== "" && `${common}/`.startsWith(`${directory}/`))
    .toSorted((a, b) => b.length - a.length)[0];
  return files.length === 1 || unit === undefined ? common : unit;
}
