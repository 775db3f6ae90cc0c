import { expect, test } from "vitest";
import { explainSubject } from "../../src/mark/explain.ts";
import { markTree, type Tree } from "../passes/fixtures.ts";

const tree: Tree = {
  "package.json": '{ "name": "orchard", "private": true, "main": "./src/index.ts" }',
  "tsconfig.json": "{}",
  "src/index.ts": 'import { ask, Tree } from "./tree.ts";\nnew Tree().grow();\nask({ weigh: () => 1 });\n',
  "src/tree.ts": [
    "export class Tree {",
    "  grow(): void {}",
    "  shrink(): void {}",
    "  weigh(): number {",
    "    return 1;",
    "  }",
    "}",
    "export const ask = (value: { weigh: () => number }) => value.weigh();",
    "export const axe = (tree: Tree) => tree.shrink();",
    "",
  ].join("\n"),
};

test("a member is alive by the path to what spells its name", async () => {
  const { heap } = await markTree(tree);
  const explanation = explainSubject(heap, "src/tree.ts", "Tree.grow");
  expect(explanation).toMatchObject({ kind: "alive", root: "production root: package.json main" });
  expect("path" in explanation ? explanation.path.map(({ name }) => name) : []).toEqual([
    "",
    "statement at line 2",
    "Tree.grow",
  ]);
});

test("a dead member names the dead code that spells it", async () => {
  const { heap } = await markTree(tree);
  expect(explainSubject(heap, "src/tree.ts", "Tree.shrink")).toMatchObject({
    kind: "dead",
    usedBy: [{ file: "src/tree.ts", name: "axe", line: 9 }],
  });
});

test("a member that only its name keeps says what the compiler made of it", async () => {
  const { heap } = await markTree(tree);
  expect(explainSubject(heap, "src/tree.ts", "Tree.weigh")).toMatchObject({
    kind: "alive",
    doubt: "src/tree.ts:8: an object of its class may stand there",
  });
});
