import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const orchard = (...words: string[]): string =>
  execFileSync(process.execPath, ["src/cli.ts", ...words], { encoding: "utf8" }).trim();

test("lists the catalogue by season", () => {
  assert.match(orchard("list"), /^autumn: apple, pear$/m);
});

test("says a price", () => {
  assert.equal(orchard("price", "quince", "2kg"), "7.80 EUR");
});

test("prints a label in the language asked for", () => {
  assert.equal(orchard("label", "Apfel", "de"), "Apfel, aus unserem Garten");
});
