import { expect, test } from "vitest";
import type { Edit } from "../../src/core/edit.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";
import { lineOf, readPlanted, withPlantedRepository } from "./planted-repository.ts";
import { isFound, nightsweep } from "./rivals.ts";
import { features, sideEffect, traps } from "./table.ts";

const findings = await withPlantedRepository((directory, files) => nightsweep.find(directory, files));

/** What no pass looks for yet. */
const open: ReadonlySet<string> = new Set(["class of a CSS module", "key of a translation"]);

test.each(features)("finds what is dead: $feature", ({ feature, dead }) => {
  for (const spot of dead) expect(isFound(spot, findings, lineOf), JSON.stringify(spot)).toBe(!open.has(feature));
});

test.each(traps)("keeps what is alive: $trap", ({ alive }) => {
  for (const spot of alive)
    expect(
      isFound(spot, findings, () => undefined),
      JSON.stringify(spot),
    ).toBe(false);
});

test("keeps the call of a registration whose result has no user", async () => {
  const edits = await withPlantedRepository(async (directory, files): Promise<readonly Edit[]> => {
    const { heap } = await markRepository({ directory, files });
    return findGarbage(heap).flatMap((garbage) => garbage.edits);
  });
  const edited = edits.filter(({ file }) => file === sideEffect.file);
  const [change] = mergeEdits(edited, { [sideEffect.file]: readPlanted(sideEffect.file) });
  const text = change?.kind === "write" ? change.text : readPlanted(sideEffect.file);
  expect(text).toContain(sideEffect.call);
});
