import type { Candidate, Garbage } from "./core/candidate.ts";
import { codeownersPlaces, readCodeowners } from "./core/codeowners.ts";
import type { RepoPath } from "./core/names.ts";
import type { Category } from "./core/policy.ts";
import { readFixes } from "./io/fix-history.ts";
import { blame, type LineRange, type Touch } from "./io/git-history.ts";
import { readTreeText } from "./io/read-tree.ts";
import { inspectCandidates } from "./inspect-candidates.ts";
import type { Heap } from "./mark/heap.ts";
import { completeCandidates, type Completion } from "./passes/complete.ts";
import { packageOf } from "./mark/units.ts";
import { findGarbage } from "./passes/find.ts";
import { measure } from "./sweep/measure.ts";
import { mergeEdits } from "./sweep/merge.ts";

/** The texts of some files at the base commit; a file that is missing or no text has none. */
export type Texts = Readonly<Record<RepoPath, string>>;

/** Where the heap came from. */
export type Origin = {
  readonly directory: string;
  readonly mirror: string;
  readonly commit: string;
  readonly passes: readonly Category[] | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Whether the history is asked for what was mended, which the analysis of many commits has no use for. */
  readonly withFixes?: boolean;
};

/** Runs the passes on the heap and gives what they find an age, owners and a size. */
export async function findCandidates(marked: Heap, origin: Origin): Promise<readonly Candidate[]> {
  const heap = await withFixes(marked, origin);
  const garbage = findGarbage(heap, origin.passes);
  const texts = readTexts(origin.directory, [
    ...garbage.flatMap(({ edits }) => edits.map(({ file }) => file)),
    ...garbage.flatMap(({ members }) => members.map(({ file }) => file)),
  ]);
  const lastTouched = await readHistory(garbage, texts, origin);
  const packageName = (file: RepoPath): string => {
    const unit = packageOf(file, heap.packages);
    return unit?.manifest.name ?? unit?.directory ?? "";
  };
  const completed = completeCandidates(garbage, {
    lastTouched,
    owners: readOwners(origin.directory),
    packageOf: packageName,
    isShared: readSharedNames(heap, packageName),
    sizeOf: (edits) => measure(mergeEdits(edits, texts), texts),
    textOf: (file, line, endLine) =>
      linesOf(texts[file] ?? "")
        .slice(line - 1, endLine)
        .join("\n"),
    now: origin.now,
  });
  return inspectCandidates(completed, heap.graph, texts);
}

const daysOfFixes = 3 * 365;

async function withFixes(heap: Heap, { mirror, commit, passes, now, signal, ...origin }: Origin): Promise<Heap> {
  const isAsked = passes === undefined || passes.includes("one-sided-fix");
  if (origin.withFixes !== true || !isAsked) return heap;
  const since = new Date(now.getTime() - daysOfFixes * 86_400_000);
  return { ...heap, fixes: await readFixes({ mirror, commit, since, signal }) };
}

/** Asks whether a name is declared more than once in the package of a file. */
function readSharedNames({ graph }: Heap, packageName: (file: RepoPath) => string): Completion["isShared"] {
  const counts = new Map<string, number>();
  for (const module of graph.modules) {
    const unit = packageName(module.file);
    for (const { name } of [...module.declarations, ...module.inner]) {
      const key = `${unit}\0${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (file, name) => (counts.get(`${packageName(file)}\0${name}`) ?? 0) > 1;
}

/** Reads the files that candidates edit, from the work tree of the base commit. */
export function readEditedTexts(directory: string, candidates: readonly Pick<Candidate, "edits">[]): Texts {
  return readTexts(
    directory,
    candidates.flatMap(({ edits }) => edits.map(({ file }) => file)),
  );
}

function readTexts(directory: string, files: readonly RepoPath[]): Texts {
  const entries = [...new Set(files)].flatMap((file) => {
    const text = readTreeText(directory, file);
    return text === null ? [] : [[file, text] as const];
  });
  return Object.fromEntries(entries);
}

/** Policies ask for no greater age as a rule: what is older need not be followed from file to file. */
const recentDays = 366;

/** Asks for the newest change of every member's lines, one question a file. */
async function readHistory(
  garbage: readonly Garbage[],
  texts: Texts,
  { mirror, commit, signal, now }: Origin,
): Promise<Completion["lastTouched"]> {
  // A whole file counts the empty line behind its last line break, which git does not have.
  const rangeOf = (file: RepoPath, line: number, endLine: number): LineRange => ({
    start: line,
    end: Math.max(line, Math.min(endLine, linesOf(texts[file] ?? "").length)),
  });
  // A file that is yet to be made has no history.
  const members = garbage.flatMap((found) => found.members).filter(({ file }) => texts[file] !== undefined);
  const files = [...Map.groupBy(members, ({ file }) => file)].map(([file, inFile]) => ({
    file,
    ranges: inFile.map(({ line, endLine }) => rangeOf(file, line, endLine)),
  }));
  const movesSince = new Date(now.getTime() - recentDays * 86_400_000).toISOString();
  const answers = await blame({ mirror, commit, files, movesSince, signal });
  const touched = new Map(
    files.flatMap(({ file, ranges }, index) =>
      ranges.map((range, position) => [keyOf(file, range), withoutAuthor(answers[index]?.[position])] as const),
    ),
  );
  return (file, line, endLine) => touched.get(keyOf(file, rangeOf(file, line, endLine))) ?? null;
}

/** A candidate is about code: who wrote it is not told. */
function withoutAuthor(touch: Touch | null | undefined): ReturnType<Completion["lastTouched"]> {
  if (touch === null || touch === undefined) return null;
  const { commit, date, subject } = touch;
  return { commit, date, subject };
}

function keyOf(file: RepoPath, { start, end }: LineRange): string {
  return `${start}-${end} ${file}`;
}

function readOwners(directory: string): Completion["owners"] {
  const [text] = codeownersPlaces.flatMap((place) => readTreeText(directory, place) ?? []);
  return text === undefined ? () => [] : readCodeowners(text).ownersOf;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
