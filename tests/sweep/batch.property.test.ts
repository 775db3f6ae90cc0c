import fc from "fast-check";
import { expect, test } from "vitest";
import { batchCandidates } from "../../src/sweep/batch.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";
import { dead, limits, lineCount, text, texts } from "./orchard.ts";

test("batches are disjoint, closed under needs, within limits unless alone, and merge in any order", () => {
  const piece = fc.record({
    line: fc.nat({ max: lineCount - 8 }),
    count: fc.integer({ min: 1, max: 6 }),
    age: fc.option(fc.nat({ max: 5 })),
    category: fc.constantFrom("unused-export" as const, "unused-type" as const),
    file: fc.constantFrom("src/fruit.ts", "src/pear.ts"),
    needs: fc.array(fc.nat({ max: 9 }), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const bare = pieces.map(({ line, count, age, category, file }, index) =>
        dead(String(index), { line, count, age, category, file }),
      );
      const candidates = bare.map((one, index) => ({
        ...one,
        requires: (pieces[index]?.needs ?? []).flatMap((need) => (need < index ? (bare[need]?.id ?? []) : [])),
      }));
      const batches = batchCandidates(candidates, limits, texts);
      const batched = batches.flatMap((batch) => batch.candidates);
      expect(new Set(batched).size).toBe(batched.length);
      for (const batch of batches) {
        const own = candidates.filter(({ id }) => batch.candidates.includes(id));
        expect(own.every(({ requires }) => requires.every((id) => batch.candidates.includes(id)))).toBe(true);
        expect(batch.candidates.length <= limits.symbolsPerPullRequest || batch.candidates.length === 1).toBe(true);
        expect(batch.changes).toEqual(
          mergeEdits(
            own.flatMap(({ edits }) => edits),
            texts,
          ),
        );
      }
      for (const file of ["src/fruit.ts", "src/pear.ts"]) {
        const touching = batches.flatMap(({ changes }) => changes.filter((change) => change.file === file));
        const gone = touching.flatMap((change) => (change.kind === "write" ? [missing(change.text)] : []));
        const all = gone.flat().toSorted((one, other) => one - other);
        expect(new Set(all).size).toBe(all.length);
      }
    }),
    { numRuns: 150 },
  );
});

function missing(after: string): readonly number[] {
  const left = new Set(after.split("\n"));
  return text.split("\n").flatMap((line, index) => (left.has(line) ? [] : [index]));
}
