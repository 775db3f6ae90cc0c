import type { FixCommit, Hunk } from "../core/fix.ts";
import type { RepoPath } from "../core/names.ts";

/*
 * A fix that reached one copy and not the other. It changed some lines that stand, as they were before it and with those
 * around them, somewhere else today, while its own place still is as the fix left it. Whether the other place is wrong too
 * only a person can say: a dialect may mean to differ.
 */

/** A text in which the other place may stand. */
export type Source = { readonly file: RepoPath; readonly text: string };

export type OneSidedFix = {
  readonly fix: Pick<FixCommit, "commit" | "date" | "subject">;
  /** Where the fix is, and where it is not; lines count from 1. */
  readonly mended: Spot;
  readonly missed: Spot;
  readonly hunk: Hunk;
};

type Spot = { readonly file: RepoPath; readonly line: number; readonly endLine: number };

/** So many telling lines in a row are no coincidence. */
const fewestLines = 5;

/** What is written in more places than this is a habit, and no copy. */
const mostPlaces = 4;

/** Finds the fixes whose old lines still stand elsewhere; the newest fix of a place is the one that is named. */
export function findOneSidedFixes(fixes: readonly FixCommit[], sources: readonly Source[]): readonly OneSidedFix[] {
  const index = indexLines(sources);
  const found = new Map<string, OneSidedFix>();
  const all = fixes.flatMap(({ hunks, ...fix }) => hunks.map((hunk) => ({ fix, hunk })));
  for (const { fix, hunk } of all)
    for (const { mended, missed } of placesOf(hunk, index)) {
      const key = `${missed.file} ${missed.line}`;
      if (!found.has(key)) found.set(key, { fix, mended, missed, hunk });
    }
  return [...found.values()];
}

/** Where the change of a hunk still is, with each place that is as it was before. */
function placesOf(hunk: Hunk, index: Index): readonly Pick<OneSidedFix, "mended" | "missed">[] {
  const before = toRun(hunk.before);
  if (countTelling(before) < fewestLines || isMeaningless(hunk)) return [];
  const mended = find(toRun(hunk.after), index).find(({ file }) => file === hunk.file);
  const places = find(before, index);
  if (mended === undefined || places.length > mostPlaces) return [];
  const isElsewhere = ({ file, line, endLine }: Spot) =>
    file !== mended.file || line > mended.endLine || endLine < mended.line;
  return places.filter(isElsewhere).map((missed) => ({ mended, missed }));
}

/** A line without its indentation; empty ones do not count. */
type Line = { readonly text: string; readonly at: number };

function toRun(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

/** Brackets and short words stand everywhere. */
function isTelling(line: string): boolean {
  return line.length >= 8 && /[A-Za-z]{3}/.test(line) && !/^(?:import\b|\/\/|\*|\/\*|export \*|\} from)/.test(line);
}

function countTelling(run: readonly string[]): number {
  return run.filter(isTelling).length;
}

/** A change of comments, imports or layout mends nothing. */
function isMeaningless({ before, after }: Hunk): boolean {
  const [was, is] = [toRun(before), toRun(after)];
  const gone = was.filter((line) => !is.includes(line)).filter(isTelling);
  const added = is.filter((line) => !was.includes(line)).filter(isTelling);
  if (gone.length === 0 && added.length === 0) return true;
  return was.join("").replace(/[\s,;]/g, "") === is.join("").replace(/[\s,;]/g, "");
}

type Index = {
  readonly files: readonly { readonly file: RepoPath; readonly lines: readonly Line[] }[];
  readonly places: ReadonlyMap<string, readonly (readonly [file: number, at: number])[]>;
};

function indexLines(sources: readonly Source[]): Index {
  const places = new Map<string, (readonly [number, number])[]>();
  const files = sources.map(({ file, text }, number) => {
    const lines = text.split("\n").flatMap((line, at): readonly Line[] => {
      const trimmed = line.trim();
      return trimmed === "" ? [] : [{ text: trimmed, at: at + 1 }];
    });
    for (const [at, line] of lines.entries()) {
      const known = places.get(line.text);
      if (known === undefined) places.set(line.text, [[number, at]]);
      else known.push([number, at]);
    }
    return { file, lines };
  });
  return { files, places };
}

/** Where a run of lines stands, looked for by the rarest of them. */
function find(run: readonly string[], { files, places }: Index): readonly Spot[] {
  const counted = run.map((line, offset) => ({ offset, found: places.get(line) ?? [] }));
  const rarest = counted.reduce<(typeof counted)[number] | undefined>(
    (best, one) => (best === undefined || one.found.length < best.found.length ? one : best),
    undefined,
  );
  if (rarest === undefined) return [];
  return rarest.found.flatMap(([number, at]): readonly Spot[] => {
    const source = files[number];
    const start = at - rarest.offset;
    if (source === undefined || !run.every((line, offset) => source.lines[start + offset]?.text === line)) return [];
    const [first, last] = [source.lines[start], source.lines[start + run.length - 1]];
    return [{ file: source.file, line: first?.at ?? 1, endLine: last?.at ?? 1 }];
  });
}
