import { isOver, type Answer } from "./answer.ts";
import type { RepoPath } from "./names.ts";

/** An annotation in the code by which a person keeps something: `nightsweep-keep: reason (until: 2027-06-30)`. */
export type Keep = {
  readonly file: RepoPath;
  readonly line: number;
  /** What it stands at, what the next line declares, or the whole file. */
  readonly scope: "here" | "next-line" | "file";
  /** What it keeps, as name paths; the base name of the file for the whole of it. */
  readonly names: readonly string[];
  readonly why: string | null;
  /** Its last day; null when it has none. */
  readonly until: string | null;
  /** Something alive uses all of it anyway; null when nobody can say. */
  readonly isUnneeded: boolean | null;
};

/** The same with who wrote it, and when, by the history. */
export type SignedKeep = Keep & { readonly who: string; readonly at: string };

/** Something about a repository that its owners may want to mend, at a line of a file. */
export type Note = { readonly file: RepoPath; readonly line: number; readonly text: string };

/** What is worth saying of an annotation; nothing when it is as it should be. */
export function notesOnKeep(keep: Keep, now: string): readonly Note[] {
  const { file, line, names, why, until, isUnneeded } = keep;
  const what = names.join(", ");
  const texts = [
    ...(names.length === 0 ? ["nightsweep-keep stands at nothing that could be kept"] : []),
    ...(why === null && names.length > 0
      ? [`nightsweep-keep of ${what} gives no reason; it is kept all the same`]
      : []),
    ...(until !== null && isOver({ until }, now)
      ? [
          `nightsweep-keep of ${what} ended on ${until}; it stays until the annotation is taken out or gets another date`,
        ]
      : []),
    ...(isUnneeded === true ? [`nightsweep-keep of ${what} is not needed: it is in use`] : []),
  ];
  return texts.map((text) => ({ file, line, text }));
}

/**
 * The answers that annotations stand for tonight, and the withdrawal of those whose annotation is gone. `before` are the
 * answers of earlier nights that still stand.
 */
export function answersOfKeeps(
  keeps: readonly SignedKeep[],
  before: readonly Answer[],
  now: string,
): readonly Answer[] {
  const given = keeps.flatMap(({ file, names, why, until, who, at }) =>
    names.map((name): Answer => {
      const about = { kind: "symbol", file, name } as const;
      return { kind: "keep", about, who, why, until, source: "annotation", at, url: null };
    }),
  );
  const there = new Set(given.map(placeOf));
  const gone = before.filter((answer) => answer.source === "annotation" && !there.has(placeOf(answer)));
  const withdrawn = gone.map((answer): Answer => ({
    ...answer,
    kind: "withdraw",
    who: "nightsweep",
    why: "the annotation is gone",
    until: null,
    at: now,
  }));
  return [...withdrawn, ...given];
}

function placeOf({ about }: Answer): string {
  return about.kind === "symbol" ? `${about.file}#${about.name}` : "";
}
