import { join } from "node:path";
import { orchardManifest, plant, type Files } from "../command-line.ts";

const alive = (name: string, dead: readonly string[]) =>
  [
    `/** Says what a ${name} is. */`,
    `export function ${name}() {`,
    `  return "${name}";`,
    "}",
    ...dead.flatMap((one) => [
      "",
      `/** Nobody asks for the ${one} any more. */`,
      `export function ${one}() {`,
      `  return "${one} of a ${name}";`,
      "}",
    ]),
    "",
  ].join("\n");

/** A library in plain JavaScript that makes two pull requests: one with two commits, one with a file. */
const files: Files = {
  "package.json": `${JSON.stringify(orchardManifest, null, 2)}\n`,
  "src/index.js": 'export { apple } from "./apple.js";\nexport { pear } from "./pear.js";\n',
  "src/apple.js": alive("apple", ["peel", "stalk"]),
  "src/pear.js": alive("pear", []),
  "src/plum.js": alive("plum", []),
  "test/fruit.test.js": [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { apple, pear } from "../src/index.js";',
    "",
    'test("fruit have names", () => {',
    '  assert.deepEqual([apple(), pear()], ["apple", "pear"]);',
    "});",
    "",
  ].join("\n"),
};

export const plantOrchard = (folder: string): Promise<string> => plant(join(folder, "original"), files);
