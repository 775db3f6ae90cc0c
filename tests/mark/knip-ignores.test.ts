import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { noIgnores } from "../../src/core/knip-ignores.ts";
import { explainDependency } from "../../src/mark/explain-dependency.ts";
import { explainSubject } from "../../src/mark/explain.ts";
import type { Heap } from "../../src/mark/heap.ts";
import { readIgnores, tagsAbove } from "../../src/mark/knip-ignores.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const knip = {
  entry: ["src/index.ts", "test/*.test.ts"],
  ignore: ["src/legacy/**"],
  ignoreFiles: ["src/spar*.ts"],
  ignoreDependencies: ["fruit-press"],
  ignoreBinaries: ["prune"],
  ignoreMembers: ["^sow"],
  ignoreExportsUsedInFile: true,
  tags: ["-orchard"],
};
const tree = {
  "package.json": JSON.stringify({
    ...{ name: "orchard", private: true, type: "module", devDependencies: { "fruit-press": "1.0.0", shears: "2.0.0" } },
  }),
  "package-lock.json": JSON.stringify({
    ...{ name: "orchard", lockfileVersion: 3 },
    packages: { "node_modules/shears": { version: "2.0.0", bin: { prune: "bin/prune.js" } } },
  }),
  "knip.json": JSON.stringify(knip),
  "src/index.ts": `import { Basket } from "./basket.ts";\nimport { old } from "./legacy/old.ts";\nconsole.log(new Basket().fill(), old);\n`,
  "src/basket.ts": `import { seed, stone } from "./seeds.ts";
export class Basket {
  fill() {
    return 0;
  }
  sowLater() {
    return seed();
  }
  tipOver() {
    return stone();
  }
}
/** @orchard The mobile app loads it by name. */
export function press() {
  return squeeze();
}
function squeeze() {
  return 1;
}
/** @garden */
export function peel() {
  return 2;
}
/** @internal For the tests. */
export function weigh() {
  return 3;
}
/** @internal */
export function grate() {
  return 4;
}
export function slice() {
  return 5;
}
export const shared = 1;
console.log(shared);
`,
  "src/seeds.ts": "export function seed() {\n  return 1;\n}\nexport function stone() {\n  return 2;\n}\n",
  "src/legacy/old.ts": `import { twig } from "../twigs.ts";\nexport const old = 1;\nexport function dusty() {\n  return twig();\n}\n`,
  "src/twigs.ts": "export function twig() {\n  return 1;\n}\nexport function leaf() {\n  return 2;\n}\n",
  "src/spare.ts": "export const spare = 1;\n",
  "src/lost.ts": "export const lost = 1;\n",
  "test/basket.test.ts": `import { test } from "vitest";
import { slice, weigh } from "../src/basket.ts";
test("weighs", () => {
  weigh();
});
test("slices", () => {
  slice();
});
`,
};

let heap: Heap;
beforeAll(async () => {
  await using folder = await temporaryFolder();
  for (const [file, text] of Object.entries(tree)) {
    await mkdir(path.dirname(path.join(folder.path, file)), { recursive: true });
    await writeFile(path.join(folder.path, file), text);
  }
  ({ heap } = await markRepository({ directory: folder.path, files: Object.keys(tree) }));
});

describe("what knip is told not to report", () => {
  test("stays, with what it uses; the rest is found", () => {
    const found = findGarbage(heap).map(({ category, subject }) => `${category} ${subject.file}#${subject.name}`);
    expect(found.toSorted()).toEqual([
      "orphan-test src/basket.ts#slice",
      "unused-class-member src/basket.ts#Basket.tipOver",
      "unused-export src/basket.ts#grate",
      "unused-export src/basket.ts#peel",
      "unused-export src/spare.ts#spare",
      "unused-export src/twigs.ts#leaf",
      "unused-file src/lost.ts#lost.ts",
    ]);
  });

  test.each([
    ["src/legacy/old.ts", "dusty", "knip: ignore in the configuration of knip"],
    ["src/twigs.ts", "twig", "knip: ignore in the configuration of knip"],
    ["src/basket.ts", "press", "knip: tags in the configuration of knip, which leaves @orchard out"],
    ["src/basket.ts", "squeeze", "knip: tags in the configuration of knip, which leaves @orchard out"],
    ["src/basket.ts", "weigh", "annotation: its documentation says @internal, and tests use it"],
    ["src/spare.ts", undefined, "development root: ignoreFiles in the configuration of knip"],
  ])("is said of %s#%s", (file, symbol, root) => {
    expect(explainSubject(heap, file, symbol)).toMatchObject({ kind: "alive", root });
  });

  test("is said of a member", () => {
    const keep = "knip: ignoreMembers in the configuration of knip";
    expect(explainSubject(heap, "src/basket.ts", "Basket.sowLater")).toMatchObject({ kind: "alive", keep });
  });

  test.each([
    ["fruit-press", "ignoreDependencies"],
    ["shears", "ignoreBinaries"],
  ])("is said of the dependency %s", (name, setting) => {
    expect(explainDependency(heap, "package.json", name)).toEqual([
      `package.json#${name} is in use.`,
      `  ${setting} in the configuration of knip`,
    ]);
  });
});

test.each([
  ["^sow", "sowLater", true],
  ["^sow", "resow", false],
  ["seed|stone", "stones", true],
  // One that may never come to an end is not run: it is taken to mean all.
  ["^(a+)+$", "pear", true],
  ["(", "pear", true],
])("the expression %s and the member %s", (text, name, isKept) => {
  const members = [{ kind: "expression" as const, text }];
  const rest = { directory: "", files: [], loads: [], dependencies: [], binaries: [], usedInFile: false };
  const keeps = readIgnores({ ...noIgnores, packages: [{ ...rest, members }] });
  expect(keeps.member("src/fruit.ts", name) !== undefined).toBe(isKept);
});

test.each([
  ["/** @orchard */\nfig", ["@orchard"]],
  ["/**\n * A fig.\n * @orchard by name\n * @beta\n */\n  fig", ["@orchard", "@beta"]],
  ["/* @orchard */\nfig", []],
  ["/** @orchard */\nconst pear = 1;\nfig", []],
  ["/** For a@b.example only. */\nfig", []],
])("the tags above %j", (text, tags) => {
  expect(tagsAbove(text, text.indexOf("fig", text.indexOf("*/")))).toEqual(tags);
});
