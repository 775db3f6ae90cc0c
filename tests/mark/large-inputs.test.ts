import { describe, expect, test } from "vitest";
import { readModule } from "../../src/mark/read-module.ts";

const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join("\n");

describe("files that only a tool can have written", () => {
  test.each([
    ["a sum", `export const fruit = ${many(20_000, (index) => `"${index}" +`)} "";`],
    ["nested calls", `export const fruit = ${"peel(".repeat(5000)}${")".repeat(5000)};`],
    ["nested lists", `export const fruit = ${"[".repeat(5000)}${"]".repeat(5000)};`],
    [
      "a ladder",
      `export function fruit(x) { ${many(5000, (index) => `if (x === ${index}) return ${index}; else`)} {} }`,
    ],
  ])("%s that no stack can follow counts as refused", (_, text) => {
    expect(readModule("fruit.ts", text)).toEqual({ file: "fruit.ts", text, unparsed: "its code is nested too deeply" });
  });

  // The raw transfer of the parser ends the whole process at some 4,500 imports.
  test("thousands of imports are read like any others", () => {
    const text = many(6000, (index) => `import { fruit${index} } from "./fruit-${index}.ts"; fruit${index}();`);
    expect(readModule("basket.ts", text)).toMatchObject({ imports: { length: 6000 }, uses: { length: 6000 } });
  });

  test("a function with more values than a call takes arguments is followed", () => {
    const text = `export function fruit() { return [${"1,".repeat(200_000)}]; }`;
    expect(readModule("fruit.ts", text)).toMatchObject({ declarations: [{ name: "fruit", pureWhenCalled: [] }] });
  });

  test("a type with more than a thousand members is left alone", () => {
    const typeOf = (count: number) => `export interface Fruit {\n${many(count, (index) => `  f${index}?: string;`)}\n}`;
    expect(readModule("fruit.ts", typeOf(1000))).toMatchObject({ inner: { length: 1000 } });
    expect(readModule("fruit.ts", typeOf(1001))).toMatchObject({ inner: { length: 0 } });
  });
});
