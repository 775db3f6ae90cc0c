import { codeownersPlaces, readCodeowners } from "./core/codeowners.ts";
import { notesOnKeep, type Keep, type Note, type SignedKeep } from "./core/keep.ts";
import type { Principle } from "./core/principles.ts";
import type { StageOutputs } from "./core/stage.ts";
import type { Origin } from "./find-candidates.ts";
import { blame } from "./io/git-history.ts";
import { readTreeText } from "./io/read-tree.ts";
import type { Heap } from "./mark/heap.ts";
import { noteBreaches } from "./passes/principles.ts";

/** The annotations by which people keep something, with who wrote them, and what owners may want to mend. */
export async function findKeeps(
  heap: Heap,
  origin: Origin,
  principles: readonly Principle[] = [],
): Promise<Pick<StageOutputs["find"], "keeps" | "notes">> {
  const { keeps } = heap;
  const signed = await sign(keeps, origin);
  const now = origin.now.toISOString();
  const notes = [
    ...keeps.flatMap((keep) => notesOnKeep(keep, now)),
    ...listCodeownersFaults(origin.directory),
    ...noteBreaches(heap, principles),
  ];
  return { ...(signed.length === 0 ? {} : { keeps: signed }), ...(notes.length === 0 ? {} : { notes }) };
}

async function sign(keeps: readonly Keep[], { mirror, commit, signal, now }: Origin): Promise<readonly SignedKeep[]> {
  const files = keeps.map(({ file, line }) => ({ file, ranges: [{ start: line, end: line }] }));
  const answers = await blame({ mirror, commit, files, signal });
  return keeps.map((keep, index) => {
    const touch = answers[index]?.[0] ?? null;
    return { ...keep, who: touch?.author ?? "an annotation", at: touch?.date ?? now.toISOString() };
  });
}

function listCodeownersFaults(directory: string): readonly Note[] {
  for (const file of codeownersPlaces) {
    const text = readTreeText(directory, file);
    if (text === null) continue;
    return readCodeowners(text).faults.map((fault) => ({
      file,
      line: fault.line,
      text: `GitHub skips this line: ${fault.text}`,
    }));
  }
  return [];
}
