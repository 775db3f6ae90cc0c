import { createHash } from "node:crypto";
import type { Candidate, Garbage } from "../core/candidate.ts";
import type { ChangeSize, Edit } from "../core/edit.ts";
import { candidateId, type CandidateId, type RepoPath } from "../core/names.ts";
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
  readonly now: Date;
};

/** Gives garbage its identity, age, owners and size. An ambiguous root makes it `suspected`. */
export function completeCandidates(garbage: readonly Garbage[], completion: Completion): readonly Candidate[] {
  const ids = garbage.map((item) => identify(item, completion));
  const byKey = new Map(garbage.map((item, index) => [garbageKey(item), ids[index]] as const));
  return garbage.map((item, index): Candidate => {
    const touched = newest(
      item.members.map((member) => completion.lastTouched(member.file, member.line, member.endLine)),
    );
    const { requires, ...rest } = item;
    return {
      ...rest,
      id: ids[index] ?? identify(item, completion),
      ageDays: touched === null ? null : Math.floor((completion.now.getTime() - Date.parse(touched.date)) / 86_400_000),
      lastTouched: touched,
      owners: [...new Set(item.members.flatMap((member) => completion.owners(member.file)))].sort(),
      packages: [...new Set(item.members.map((member) => completion.packageOf(member.file)))].sort(),
      assurance: item.ambiguous.length > 0 ? "suspected" : "static",
      requires: requires.map((key) => byKey.get(key)).filter((id) => id !== undefined),
      size: completion.sizeOf(item.edits),
    };
  });
}

function newest(touches: readonly (LastTouched | null)[]): LastTouched | null {
  return touches.reduce(
    (best, touch) => (touch === null || (best !== null && best.date >= touch.date) ? best : touch),
    null,
  );
}

/** Pass, name and a hash of the subject's own text: edits elsewhere, and moves of other things, do not change it. */
function identify(garbage: Garbage, completion: Completion): CandidateId {
  const { file, name } = garbage.subject;
  const member =
    garbage.members.find((candidate) => candidate.file === file && candidate.name === name) ?? garbage.members[0];
  const text =
    member === undefined ? "" : completion.textOf(member.file, member.line, member.endLine).replace(/\s+/g, " ").trim();
  const hash = createHash("sha256").update(`${garbage.category}\0${file}\0${name}\0${text}`).digest("hex").slice(0, 12);
  return candidateId(`${garbage.category}:${name.replace(/\s+/g, "_")}:${hash}`);
}
