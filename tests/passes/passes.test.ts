import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Garbage } from "../../src/core/candidate.ts";
import type { Category } from "../../src/core/policy.ts";
import { parseSource } from "../../src/mark/syntax.ts";
import { isSourceFile } from "../../src/mark/paths.ts";
import { passes } from "../../src/passes/index.ts";
import { casesOf, findIn, readTree, sweep, type Tree } from "./fixtures.ts";

/*
 * A case is a folder: `before` is swept and must become `after`. What its name begins with says what the pass does:
 *
 * - `collects-*`: the garbage goes, and what is swept once is not found again.
 * - `surplus-*`: the same for the word export alone.
 * - `suspects-*`: there is no `after`: it is found, but words stand that may be references to it.
 * - `keeps-*`: there is no `after`: no pass finds anything.
 */
describe.each(passes.map((pass) => pass.name))("%s", (pass) => {
  const cases = casesOf(pass);
  const startingWith = (word: string) => cases.filter((name) => name.startsWith(`${word}-`));

  test("has one case that collects and two that keep", () => {
    // What is only a question collects nothing.
    const found = pass === "one-sided-fix" ? startingWith("suspects") : startingWith("collects");
    expect(found.length).toBeGreaterThanOrEqual(1);
    expect(startingWith("keeps").length).toBeGreaterThanOrEqual(2);
  });

  test.each([...startingWith("collects"), ...startingWith("surplus")])("%s", async (name) => {
    const before = readTree(join(import.meta.dirname, pass, name, "before"));
    const category = name.startsWith("surplus-") ? "surplus-export" : pass;
    const find = async (tree: Tree) => (await findIn(tree, pass)).filter((garbage) => garbage.category === category);
    const garbage = await find(before);
    const after = sweep(before, garbage);
    expect(after).toEqual(readTree(join(import.meta.dirname, pass, name, "after")));
    expect(garbage.filter(({ ambiguous }) => ambiguous.length > 0).map(subjectOf)).toEqual([]);
    expect((await find(after)).map(subjectOf)).toEqual([]);
  });

  test.each(startingWith("collects"))("all passes leave %s clean", async (name) => {
    const swept = await sweepAll(readTree(join(import.meta.dirname, pass, name, "before")));
    expect((await findDeletions(swept)).map(subjectOf)).toEqual([]);
    const refused = Object.entries(swept).filter(
      ([file, text]) => isSourceFile(file) && parseSource(file, text).kind === "unparsed",
    );
    expect(refused).toEqual([]);
  });

  test.each([...startingWith("keeps"), ...startingWith("suspects")])("%s", async (name) => {
    const folder = join(import.meta.dirname, pass, name);
    expect(existsSync(join(folder, "after"))).toBe(false);
    const garbage = await findDeletions(readTree(join(folder, "before")));
    const isCertain = ({ ambiguous }: Garbage) => ambiguous.length === 0;
    expect((name.startsWith("keeps-") ? garbage : garbage.filter(isCertain)).map(subjectOf)).toEqual([]);
    if (name.startsWith("suspects-")) expect(garbage.map((found) => found.category)).toContain<Category>(pass);
  });
});

const maxRounds = 3;

/** What a night does: what a sweep exposes is collected in at most three rounds. */
async function sweepAll(tree: Tree): Promise<Tree> {
  let swept = tree;
  for (let round = 0; round < maxRounds; round += 1) swept = sweep(swept, await findDeletions(swept));
  return swept;
}

async function findDeletions(tree: Tree): Promise<readonly Garbage[]> {
  return (await findIn(tree)).filter(({ category }) => category !== "surplus-export");
}

function subjectOf({ category, subject }: Garbage): string {
  return `${category}: ${subject.file}#${subject.name}`;
}
