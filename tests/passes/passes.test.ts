import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { passes } from "../../src/passes/index.ts";
import { casesOf, findIn, readTree, sweep } from "./fixtures.ts";

/*
 * A case is a folder: `before` is swept and must become `after`; a `keeps-*` case has no `after`, and its pass finds
 * nothing in it. What is swept once is not found again.
 */
describe.each(passes.map((pass) => pass.name))("%s", (pass) => {
  const cases = casesOf(pass);

  test("has one case that collects and two that keep", () => {
    expect(cases.filter((name) => name.startsWith("collects-")).length).toBeGreaterThanOrEqual(1);
    expect(cases.filter((name) => name.startsWith("keeps-")).length).toBeGreaterThanOrEqual(2);
  });

  test.each(cases)("%s", async (name) => {
    const folder = join(import.meta.dirname, pass, name);
    const before = readTree(join(folder, "before"));
    const garbage = (await findIn(before, pass)).filter(({ category }) => category === pass);
    if (name.startsWith("keeps-")) {
      expect(existsSync(join(folder, "after"))).toBe(false);
      expect(garbage.map(({ subject }) => `${subject.file}#${subject.name}`)).toEqual([]);
      return;
    }
    const after = sweep(before, garbage);
    expect(after).toEqual(readTree(join(folder, "after")));
    expect((await findIn(after, pass)).filter(({ category }) => category === pass)).toEqual([]);
  });
});
