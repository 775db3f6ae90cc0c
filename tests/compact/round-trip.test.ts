import { expect, test } from "vitest";
import type { Category } from "../../src/core/policy.ts";
import type { FileChange } from "../../src/core/edit.ts";
import { refuteRoundTrip } from "../../src/compact/round-trip.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";
import { markTree, type Tree } from "../passes/fixtures.ts";

/*
 * Seeded merges. Each row is code that stands in two files, once in other words, and a small wrong done to the merged tree.
 * The merge that the pass makes has to be proven, and the one with the wrong in it refused.
 */
type Row = {
  readonly name: string;
  /** As it stands in src/apple.ts and in src/pear.ts. */
  readonly apple: string;
  readonly pear: string;
  /** In which file of the swept tree what is replaced by what. */
  readonly wrong: readonly [file: string, from: string, to: string];
  readonly head?: string;
  readonly category?: Category;
};

const stays = "src/apple.ts";
const goes = "src/pear.ts";

const rows: readonly Row[] = [
  {
    name: "another constant",
    apple: "function total(grams: number) {\n  const tare = 20;\n  const net = grams - tare;\n  return net * 3;\n}",
    pear: "function total(weight: number) {\n  const crate = 20;\n  const rest = weight - crate;\n  return rest * 3;\n}",
    wrong: [stays, "tare = 20", "tare = 21"],
  },
  {
    name: "swapped operands",
    apple:
      "function total(grams: number, tare: number) {\n  const net = grams - tare;\n  if (net < 0) return 0;\n  return net;\n}",
    pear: "function total(a: number, b: number) {\n  const c = a - b;\n  if (c < 0) return 0;\n  return c;\n}",
    wrong: [stays, "grams - tare", "tare - grams"],
  },
  {
    name: "swapped parameters",
    apple:
      "function total(grams: number, tare: number) {\n  const net = grams - tare;\n  if (net < 0) return 0;\n  return net;\n}",
    pear: "function total(a: number, b: number) {\n  const c = a - b;\n  if (c < 0) return 0;\n  return c;\n}",
    wrong: [stays, "(grams: number, tare: number)", "(tare: number, grams: number)"],
  },
  {
    name: "a dropped statement",
    apple:
      "function total(grams: number[]) {\n  const sorted = [...grams];\n  sorted.sort();\n  return sorted[0] ?? 0;\n}",
    pear: "function total(list: number[]) {\n  const copy = [...list];\n  copy.sort();\n  return copy[0] ?? 0;\n}",
    wrong: [stays, "  sorted.sort();\n", ""],
  },
  {
    name: "evaluated twice",
    head: 'import { pick } from "./crate.ts";\n',
    apple:
      "function total(grams: number) {\n  const fruit = pick();\n  const net = fruit + fruit;\n  return net + grams;\n}",
    pear: "function total(grams: number) {\n  const plum = pick();\n  const net = plum + plum;\n  return net + grams;\n}",
    wrong: [stays, "fruit + fruit", "fruit + pick()"],
  },
  {
    name: "another import of the same name",
    head: 'import { pick } from "./crate.ts";\n',
    apple:
      "function total(grams: number) {\n  const fruit = pick();\n  const net = fruit + 1;\n  return net + grams;\n}",
    pear: "function total(grams: number) {\n  const plum = pick();\n  const net = plum + 1;\n  return net + grams;\n}",
    wrong: [stays, 'import { pick } from "./crate.ts"', 'import { picked as pick } from "./crate.ts"'],
  },
  {
    name: "a local that hides a global",
    apple:
      "function total(grams: number) {\n  const unit = Number(grams);\n  const net = unit * 2;\n  return net + 1;\n}",
    pear: "function total(weight: number) {\n  const one = Number(weight);\n  const net = one * 2;\n  return net + 1;\n}",
    wrong: [
      stays,
      "export function total",
      "const Number = (grams: unknown) => 0 * String(grams).length;\nexport function total",
    ],
  },
  {
    name: "a default that differs",
    apple:
      "function total(grams = 10) {\n  let net = grams;\n  for (const one of [1, 2]) net += one;\n  return net;\n}",
    pear: "function total(weight = 10) {\n  let sum = weight;\n  for (const each of [1, 2]) sum += each;\n  return sum;\n}",
    wrong: [stays, "grams = 10", "grams = 1"],
  },
  {
    name: "a flag turned round",
    apple: "function total(grams: number) {\n  if (grams > 5) return 1;\n  const net = grams || 7;\n  return net;\n}",
    pear: "function total(weight: number) {\n  if (weight > 5) return 1;\n  const net = weight || 7;\n  return net;\n}",
    wrong: [stays, "grams || 7", "grams ?? 7"],
  },
  {
    name: "another loop variable",
    apple:
      "function total(grams: number) {\n  let net = 0;\n  for (let i = 0; i < grams; i += 1) for (let j = 0; j < i; j += 1) net += i * 2 + j;\n  return net;\n}",
    pear: "function total(weight: number) {\n  let sum = 0;\n  for (let a = 0; a < weight; a += 1) for (let b = 0; b < a; b += 1) sum += a * 2 + b;\n  return sum;\n}",
    wrong: [stays, "i * 2 + j", "j * 2 + i"],
  },
  {
    name: "recursion that leads elsewhere",
    apple:
      "function total(grams: number): number {\n  if (grams < 1) return 0;\n  const rest = total(grams - 1);\n  return rest + grams;\n}",
    pear: "function total(weight: number): number {\n  if (weight < 1) return 0;\n  const other = total(weight - 1);\n  return other + weight;\n}",
    wrong: [stays, "rest = total(", "rest = Math.abs("],
  },
  {
    name: "a key for a value",
    apple:
      "const total = (grams: number): number => {\n  const net = { grams, tare: 3 };\n  const { tare } = net;\n  return net.grams - tare;\n};",
    pear: "const total = (weight: number): number => {\n  const box = { grams: weight, tare: 3 };\n  const { tare: crate } = box;\n  return box.grams - crate;\n};",
    wrong: [stays, "net.grams", "net.tare"],
  },
  {
    name: "no longer awaited",
    apple:
      "async function total(grams: number) {\n  const net = await Promise.resolve(grams);\n  const rest = net + 1;\n  return rest;\n}",
    pear: "async function total(weight: number) {\n  const net = await Promise.resolve(weight);\n  const other = net + 1;\n  return other;\n}",
    wrong: [stays, "await Promise.resolve(grams)", "grams"],
  },
  {
    name: "a generator that returns",
    apple: "function* total(grams: number) {\n  yield grams;\n  const next = grams + 1;\n  yield next;\n}",
    pear: "function* total(weight: number) {\n  yield weight;\n  const then = weight + 1;\n  yield then;\n}",
    wrong: [stays, "yield next", "return next"],
  },
  {
    name: "text in another case",
    apple:
      "function total(grams: number) {\n  const unit = `g`;\n  const text = `${grams} ${unit}`;\n  return text.length;\n}",
    pear: "function total(weight: number) {\n  const sign = `g`;\n  const text = `${weight} ${sign}`;\n  return text.length;\n}",
    wrong: [stays, "`g`", "`G`"],
  },
  {
    name: "a call at the wrong place",
    apple: "function total(grams: number) {\n  const net = grams - 1;\n  const rest = net % 2;\n  return rest;\n}",
    pear: "function total(weight: number) {\n  const net = weight - 1;\n  const other = net % 2;\n  return other;\n}",
    wrong: [goes, "total(7)", "total(8)"],
  },
  {
    name: "a statement of the user lost",
    apple: "function total(grams: number) {\n  const net = grams - 1;\n  const rest = net % 2;\n  return rest;\n}",
    pear: "function total(weight: number) {\n  const net = weight - 1;\n  const other = net % 2;\n  return other;\n}",
    wrong: [goes, "export const pears = 3;\n", ""],
  },
  {
    name: "imported from elsewhere",
    apple: "function total(grams: number) {\n  const net = grams - 1;\n  const rest = net % 2;\n  return rest;\n}",
    pear: "function total(weight: number) {\n  const net = weight - 1;\n  const other = net % 2;\n  return other;\n}",
    wrong: [goes, 'import { total } from "./apple.ts"', 'import { pick as total } from "./crate.ts"'],
  },
  {
    name: "a member that may be missing",
    category: "duplicate-type",
    apple:
      "type total = {\n  readonly grams: number;\n  readonly tare: number;\n  readonly fruit: string;\n} & number;",
    pear: "type total = {\n  readonly grams: number;\n  readonly tare: number;\n  readonly fruit: string;\n} & number;",
    wrong: [stays, "readonly tare: number", "readonly tare?: number"],
  },
  {
    name: "another item of a list",
    category: "duplicate-constant",
    apple: "const total = [\n  1,\n  2,\n  3,\n] as const;",
    pear: "const total = [\n  1,\n  2,\n  3,\n] as const;",
    wrong: [stays, "  2,\n", "  3,\n"],
  },
];

function treeOf({ apple, pear, head = "", category = "duplicate-function" }: Row): Tree {
  const use = (count: number) => {
    if (category === "duplicate-type") return `(fruit?: total) => fruit?.grams === ${count}`;
    return category === "duplicate-constant" ? `() => total[0] + ${count}` : `() => total(${count})`;
  };
  return {
    "src/index.ts":
      'import { sell, apples } from "./apple.ts";\nimport { buy, pears } from "./pear.ts";\n\nexport const trade = { sell, buy, apples, pears };\n',
    "src/crate.ts": "export const pick = () => 1;\nexport const picked = () => 2;\n",
    [stays]: `${head}export ${apple}\n\nexport const apples = 2;\nexport const sell = ${use(5)};\n`,
    [goes]: `${head}${pear}\n\nexport const pears = 3;\nexport const buy = ${use(7)};\n`,
  };
}

async function merge(row: Row) {
  const tree = treeOf(row);
  const { heap } = await markTree(tree);
  const [garbage] = findGarbage(heap, [row.category ?? "duplicate-function"]);
  const forwards = garbage?.forwards ?? [];
  const changes = mergeEdits(garbage?.edits ?? [], tree);
  return { graph: heap.graph, forwards, changes };
}

function spoil(changes: readonly FileChange[], tree: Tree, [file, from, to]: Row["wrong"]): readonly FileChange[] {
  const kept = changes.filter((change) => change.file !== file);
  const change = changes.find((candidate) => candidate.file === file);
  const text = change?.kind === "write" ? change.text : (tree[file] ?? "");
  expect(text).toContain(from);
  return [...kept, { kind: "write", file, text: text.replace(from, to) }];
}

test.each(rows)("proves a merge and refuses it with $name", async (row) => {
  const { graph, forwards, changes } = await merge(row);
  expect(forwards).toEqual([{ from: { file: goes, name: "total" }, to: { file: stays, name: "total" } }]);
  expect(refuteRoundTrip({ graph, forwards, changes })).toBeNull();
  const spoiled = spoil(changes, treeOf(row), row.wrong);
  expect(refuteRoundTrip({ graph, forwards, changes: spoiled })).not.toBeNull();
});
