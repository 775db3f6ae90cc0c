import type { Candidate } from "../core/candidate.ts";
import type { CandidateId, RepoPath } from "../core/names.ts";

/** What is compared with a failing output. */
export type Attributable = Pick<Candidate, "id" | "members" | "edits">;

const complaint =
  /\berror\b|cannot find|could not (resolve|find)|failed to (load|resolve)|not (defined|exported|a function|found)|no exported|does not provide|unresolved|undefined/i;

/**
 * Names the candidates that a failing output plainly accuses: those whose names or deleted files stand in quotes in a
 * line that complains, else those that changed a file in which an error is reported. It may name too many or none: the
 * search tries the named ones again.
 */
export function attribute(output: string, candidates: readonly Attributable[]): readonly CandidateId[] {
  const complaints = output.split("\n").filter((line) => complaint.test(line));
  const quoted = new Set(complaints.flatMap(quotedWords));
  const byName = candidates.filter((candidate) => [...wordsOf(candidate)].some((word) => quoted.has(word)));
  if (byName.length > 0) return byName.map(({ id }) => id);
  const files = complaints.flatMap(placesOf);
  const byFile = candidates.filter(({ edits }) =>
    edits.some(({ file }) =>
      files.some((place) => place === file || place.endsWith(`/${file}`) || file.endsWith(`/${place}`)),
    ),
  );
  return byFile.map(({ id }) => id);
}

/** `'./labels/print.js'` accuses the file by its name without the ending, and `'./labels'` the folder of an index. */
function quotedWords(line: string): readonly string[] {
  // Compilers put a module's quotes inside their own, as in '"./plum"'.
  const pairs = line.matchAll(/(["'`])(.{1,200}?)\1/g);
  const parts = [...pairs].map((match) => (match[2] ?? "").replace(/["'`]/g, ""));
  const accusedNames = /^\s*\S*(?:ReferenceError|TypeError): (?:\([^)]*\)\.)?([\w$.]+) is not/.exec(line.trim())?.[1];
  const names = [...parts, ...(accusedNames === undefined ? [] : accusedNames.split("."))];
  return names.map((part) => (part.includes("/") ? `/${stem(part)}` : part));
}

function wordsOf({ members, edits }: Attributable): ReadonlySet<string> {
  const names = members.map(({ name }) => name.split(".").at(-1) ?? name).filter((name) => !name.includes("/"));
  const deleted = edits.flatMap((edit) => (edit.kind === "delete-file" ? [`/${stem(edit.file)}`] : []));
  return new Set([...names, ...deleted]);
}

function stem(path: string): string {
  const parts = path.replace(/\.(d\.)?[cm]?[jt]sx?$/, "").split("/");
  return parts.at(-1) === "index" ? (parts.at(-2) ?? "index") : (parts.at(-1) ?? path);
}

/** Compilers write `src/a.ts(3,5): error` or `src/a.ts:3:5 - error`. */
function placesOf(line: string): readonly RepoPath[] {
  const place = /^\s*(?:\S*\s)?((?:[\w@.-]+\/)*[\w@.[\]$+-]+\.\w+)(?:\(\d+,\d+\)|:\d+:\d+)/.exec(line)?.[1];
  return place === undefined ? [] : [place.replace(/^(?:\.\.?\/)+/, "")];
}
