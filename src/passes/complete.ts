import type { Candidate, Garbage } from "../core/candidate.ts";
import type { ChangeSize, Edit } from "../core/edit.ts";
import { candidateId, type CandidateId, type RepoPath } from "../core/names.ts";
import { plainText, shortHash, textHash } from "../core/text-hash.ts";
import { garbageKey } from "./cluster-garbage.ts";

/** What history says of a stretch of lines: its newest change. */
type LastTouched = NonNullable<Candidate["lastTouched"]>;

/** What a candidate needs that the heap does not know. */
export type Completion = {
  /** The newest change of a member's lines; null when history does not say. */
  readonly lastTouched: (file: RepoPath, line: number, endLine: number) => LastTouched | null;
  readonly owners: (file: RepoPath) => readonly string[];
  /** The name of the package that a file belongs to; its folder when it has none. */
  readonly packageOf: (file: RepoPath) => string;
  readonly sizeOf: (edits: readonly Edit[]) => ChangeSize;
  /** The text of a member, for its fingerprint. */
  readonly textOf: (file: RepoPath, line: number, endLine: number) => string;
  /** Whether the same name is declared more than once in the package of the file. */
  readonly isShared: (file: RepoPath, name: string) => boolean;
  readonly now: Date;
};

/** Gives garbage its identity, age, owners and size. An ambiguous root makes it `suspected`. */
export function completeCandidates(garbage: readonly Garbage[], completion: Completion): readonly Candidate[] {
  const ids = identify(garbage, completion);
  const byKey = new Map(garbage.map((item, index) => [garbageKey(item), ids[index]] as const));
  return garbage.flatMap((item, index): readonly Candidate[] => {
    const id = ids[index];
    if (id === undefined) return [];
    const touched = newest(
      item.members.map((member) => completion.lastTouched(member.file, member.line, member.endLine)),
    );
    const { requires, ...rest } = item;
    const candidate: Candidate = {
      ...rest,
      id,
      members: item.members.map((member) => ({
        ...member,
        hash: textHash(completion.textOf(member.file, member.line, member.endLine)),
        ...(completion.isShared(member.file, member.name) ? { isShared: true } : {}),
      })),
      ageDays: touched === null ? null : Math.floor((completion.now.getTime() - Date.parse(touched.date)) / 86_400_000),
      lastTouched: touched,
      owners: [...new Set(item.members.flatMap((member) => completion.owners(member.file)))].sort(),
      packages: [...new Set(item.members.map((member) => completion.packageOf(member.file)))].sort(),
      assurance: item.ambiguous.length > 0 ? "suspected" : "static",
      requires: requires.map((key) => byKey.get(key)).filter((id) => id !== undefined),
      size: completion.sizeOf(item.edits),
    };
    return [candidate];
  });
}

function newest(touches: readonly (LastTouched | null)[]): LastTouched | null {
  return touches.reduce(
    (best, touch) => (touch === null || (best !== null && best.date >= touch.date) ? best : touch),
    null,
  );
}

/**
 * Category, name, a hash of the subject's own text, and a short one of its file. Edits elsewhere change nothing, and when
 * the code is moved all but the last part stays, by which answers follow it. A second one of the same text in one file
 * is told apart by its number.
 */
function identify(items: readonly Garbage[], { textOf }: Completion): readonly CandidateId[] {
  const seen = new Map<string, number>();
  return items.map((garbage) => {
    const { category } = garbage;
    const { file, name } = garbage.subject;
    const key = `${category}\0${file}\0${ownText(garbage, textOf)}`;
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    const place = shortHash(file, ...(number === 0 ? [] : [String(number)])).slice(0, 4);
    return candidateId(`${category}:${name.replace(/\s+/g, "_")}:${shortHash(ownText(garbage, textOf))}-${place}`);
  });
}

/** A shorter text is not known again by itself. */
const tellingLength = 40;

/**
 * What makes a piece of garbage itself. A dependency is its name, whatever its version; a file of some length is what
 * stands in it, whatever it is called.
 */
function ownText(garbage: Garbage, textOf: Completion["textOf"]): string {
  const { file, name } = garbage.subject;
  if (garbage.category === "unused-dependency") return name;
  const member =
    garbage.members.find((candidate) => candidate.file === file && candidate.name === name) ?? garbage.members[0];
  const text = member === undefined ? "" : plainText(textOf(member.file, member.line, member.endLine));
  const isFile = file.endsWith(`/${name}`) || file === name;
  return isFile && text.length >= tellingLength ? text : `${name}\0${text}`;
}
