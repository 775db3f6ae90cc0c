import { describe, expect, test } from "vitest";
import { findGarbage } from "../../src/passes/find.ts";
import { markTree, type Tree } from "../passes/fixtures.ts";

const workspace = JSON.stringify({ name: "orchard", private: true, workspaces: ["packages/*"] });
const stand = JSON.stringify({ name: "stand", private: true, main: "./src/index.ts", dependencies: { fruit: "*" } });
const sell = "import { apple } from 'fruit';\nconsole.log(apple);\n";

/** A package of fruit, in a workspace with a stand that sells some of it. */
function fruit(manifest: object, files: Tree): Tree {
  const inside = Object.entries(files).map(([file, text]) => [`packages/fruit/${file}`, text] as const);
  return {
    "package.json": workspace,
    "packages/stand/package.json": stand,
    "packages/stand/src/index.ts": sell,
    "packages/fruit/package.json": JSON.stringify({ name: "fruit", ...manifest }),
    ...Object.fromEntries<string>(inside),
  };
}

const closed = { private: true, exports: "./src/index.ts" };
const open = { version: "1.0.0", exports: "./src/index.ts" };
const apple = "export const apple = 1;\n";

describe("how far dead code can be seen", () => {
  test.each<[string, object, Tree, string]>([
    ["its file", closed, { "src/index.ts": `${apple}const pear = 2;\n` }, "local"],
    [
      "its package",
      closed,
      { "src/index.ts": apple, "src/pear.ts": "import './index.ts';\nexport const pear = 2;\n" },
      "internal",
    ],
    [
      "its package beside what is offered by name",
      closed,
      { "src/index.ts": "export { apple } from './all.ts';\n", "src/all.ts": `${apple}export const pear = 2;\n` },
      "internal",
    ],
    ["its workspace", closed, { "src/index.ts": `${apple}export const pear = 2;\n` }, "workspace"],
    [
      "its workspace through export *",
      closed,
      { "src/index.ts": "export * from './all.ts';\n", "src/all.ts": `${apple}export const pear = 2;\n` },
      "workspace",
    ],
    [
      "its workspace under another name",
      closed,
      {
        "src/index.ts": `${apple}export { pear as juicy } from './all.ts';\n`,
        "src/all.ts": "export const pear = 2;\n",
      },
      "workspace",
    ],
    [
      "its workspace as a member",
      closed,
      { "src/index.ts": `${apple}export enum Fruit { pear = 'pear', plum = 'plum' }\nconsole.log(Fruit.plum);\n` },
      "workspace",
    ],
  ])("%s", async (_what, manifest, files, exposure) => {
    const { heap } = await markTree(fruit(manifest, files));
    const found = findGarbage(heap).filter(({ members }) => members.some(({ name }) => /pear/.test(name)));
    expect(found.map((garbage) => garbage.exposure)).toEqual([exposure]);
  });

  test.each([
    ["the world sees what may be published", open, ["public"]],
    ["a private package is not the world", closed, ["workspace"]],
    ["a program offers nothing", { version: "1.0.0", bin: "./src/index.ts" }, []],
  ])("%s", async (_what, manifest, expected) => {
    const { heap } = await markTree(fruit(manifest, { "src/index.ts": apple }));
    const file = heap.graph.indexOf.get("packages/fruit/src/index.ts") ?? -1;
    const nodes = heap.graph.nodesOf[file]?.declarations ?? [];
    expect(nodes.flatMap((node) => heap.offers.get(node) ?? [])).toEqual(expected);
  });
});
