import { beforeAll, describe, expect, it } from "vitest";
import type { FileChange } from "../../src/core/edit.ts";
import type { Graph } from "../../src/mark/graph.ts";
import type { Flaw, Inspect } from "../../src/mark/inspect.ts";
import { createInspector } from "../../src/mark/inspect.ts";
import { inspectCandidates } from "../../src/inspect-candidates.ts";
import { makeCandidate } from "../candidates.ts";
import { markTree, type Tree } from "../passes/fixtures.ts";

const tree: Tree = {
  "src/index.ts": [
    'import { weigh, type Fruit } from "./barrel.ts";',
    'import * as trees from "./trees.ts";',
    'export { seed } from "./trees.ts";',
    'export const load = () => import("./lazy.ts");',
    "export const run = (fruit: Fruit) => weigh(fruit) + trees.plant();",
  ].join("\n"),
  "src/barrel.ts": 'export * from "./scales.ts";\n',
  "src/scales.ts": "export type Fruit = { grams: number };\nexport const weigh = ({ grams }: Fruit) => grams;\n",
  "src/trees.ts": "const height = 3;\nexport const seed = 1;\nexport const plant = () => height;\n",
  "src/lazy.ts": 'import "./effect.ts";\nexport const lazy = 1;\n',
  "src/effect.ts": "console.log(1);\n",
  "src/old.cjs": "module.exports = { plum: 1 };\n",
  "src/uses-old.ts": 'import { plum } from "./old.cjs";\nconsole.log(plum);\n',
  "src/ambient.ts":
    'import { thing } from "virtual:thing";\nexport const shadow = (height: number) => height + thing;\n',
};

let graph: Graph;
let inspect: Inspect;
beforeAll(async () => {
  graph = (await markTree(tree)).heap.graph;
  inspect = createInspector(graph);
});

function write(file: string, text: string): FileChange {
  return { kind: "write", file, text };
}

function without(file: string, piece: string): FileChange {
  return write(file, (tree[file] ?? "").replace(piece, ""));
}

describe("reading a swept tree again", () => {
  it.each<readonly [string, readonly FileChange[], readonly Omit<Flaw, "text">[]]>([
    ["a file that does not parse", [write("src/scales.ts", "export const = 1;")], [{ file: "src/scales.ts", line: 1 }]],
    [
      "a name behind a barrel",
      [without("src/scales.ts", "export const weigh = ({ grams }: Fruit) => grams;\n")],
      [{ file: "src/index.ts", line: 1 }],
    ],
    [
      "a barrel that passes nothing on",
      [write("src/barrel.ts", "export {};\n")],
      [
        { file: "src/index.ts", line: 1 },
        { file: "src/index.ts", line: 1 },
      ],
    ],
    [
      "a member of a namespace",
      [without("src/trees.ts", "export const plant = () => height;\n")],
      [{ file: "src/index.ts", line: 5 }],
    ],
    [
      "a name that is re-exported",
      [without("src/trees.ts", "export const seed = 1;\n")],
      [{ file: "src/index.ts", line: 3 }],
    ],
    [
      "a local that is still used",
      [without("src/trees.ts", "const height = 3;\n")],
      [{ file: "src/trees.ts", line: 2 }],
    ],
    [
      "an import that is still used",
      [without("src/index.ts", 'import { weigh, type Fruit } from "./barrel.ts";\n')],
      [
        { file: "src/index.ts", line: 4 },
        { file: "src/index.ts", line: 4 },
      ],
    ],
    ["a file that is loaded later", [{ kind: "delete", file: "src/lazy.ts" }], [{ file: "src/index.ts", line: 4 }]],
    [
      "a file that is loaded for its effect",
      [{ kind: "delete", file: "src/effect.ts" }],
      [{ file: "src/lazy.ts", line: 1 }],
    ],
    [
      "a file and who loads it",
      [{ kind: "delete", file: "src/effect.ts" }, without("src/lazy.ts", 'import "./effect.ts";\n')],
      [],
    ],
    [
      "a name and who takes it",
      [
        without("src/trees.ts", "export const seed = 1;\n"),
        without("src/index.ts", 'export { seed } from "./trees.ts";\n'),
      ],
      [],
    ],
    ["what CommonJS offers is not known", [write("src/old.cjs", "module.exports = {};\n")], []],
    ["what never resolved is no flaw", [without("src/ambient.ts", "export ")], []],
    [
      "a parameter of the same name",
      [write("src/ambient.ts", "export const shadow = (height: number) => height;\n")],
      [],
    ],
  ])("%s", (_, changes, expected) => {
    expect(inspect(changes).map(({ file, line }) => ({ file, line }))).toEqual(expected);
  });
});

describe("candidates that would leave a broken tree", () => {
  const cut = (file: string, piece: string) => {
    const start = (tree[file] ?? "").indexOf(piece);
    return { kind: "remove" as const, file, span: { start, end: start + piece.length } };
  };
  const sound = makeCandidate("sound", { edits: [cut("src/lazy.ts", "export const lazy = 1;")] });
  const needed = makeCandidate("needed", { edits: [cut("src/index.ts", 'export { seed } from "./trees.ts";')] });
  const needing = makeCandidate("needing", {
    edits: [cut("src/trees.ts", "export const seed = 1;")],
    requires: [needed.id],
  });
  const broken = makeCandidate("broken", { edits: [cut("src/trees.ts", "const height = 3;")] });
  const put = (name: string, text: string) => {
    const { file, span } = cut("src/scales.ts", "{ grams }: Fruit");
    return makeCandidate(name, { edits: [{ kind: "replace", file, span, text }] });
  };
  const half = put("half", "{ grams }");
  const other = put("other", "_: Fruit");

  it.each([
    ["a sound one stays as it is", [sound], [undefined]],
    ["one with what it needs is sound", [needed, needing], [undefined, undefined]],
    [
      "a broken one says where",
      [sound, broken],
      [
        undefined,
        "the swept tree was read again and is broken at src/trees.ts:2: height would be gone, but is still used there",
      ],
    ],
    [
      "what contradicts an earlier one is refused",
      [half, other],
      [undefined, expect.stringContaining("its edits contradict others: src/scales.ts")],
    ],
  ])("%s", (_, candidates, expected) => {
    expect(inspectCandidates(candidates, graph, tree).map((candidate) => candidate.broken)).toEqual(expected);
  });
});
