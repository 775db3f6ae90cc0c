import { describe, expect, test } from "vitest";
import { NightsweepError } from "../../src/core/errors.ts";
import type { Cluster } from "../../src/mark/clusters.ts";
import { explainSubject } from "../../src/mark/explain.ts";
import type { Heap } from "../../src/mark/heap.ts";
import { lineAt } from "../../src/mark/module.ts";
import { markTree, type Tree } from "../passes/fixtures.ts";

const noRoots = () => Promise.resolve({ entries: [], unusedDependencies: [], configErrors: [] });

describe("roots", () => {
  test.each<[string, Tree, string]>([
    [
      "exports",
      { "package.json": '{"exports":{"./x":"./dist/a.js"}}' },
      'strong production package.json exports "./x"',
    ],
    ["bin", { "package.json": '{"bin":{"x":"./dist/a.js"}}' }, "strong production package.json bin"],
    ["main", { "package.json": '{"main":"lib/a.js"}' }, "strong production package.json main"],
    ["types", { "package.json": '{"types":"dist/a.d.ts"}' }, "strong production package.json types"],
    [
      "a wildcard",
      { "package.json": '{"exports":{"./*":"./src/*.ts"}}' },
      'strong production package.json exports "./*"',
    ],
    [
      "what is published",
      { "package.json": '{"main":"lib/b.js","publishConfig":{"exports":{".":"./lib/a.js"}}}' },
      'strong production package.json publishConfig exports "."',
    ],
    [
      "types of older compilers",
      { "package.json": '{"typesVersions":{"<5":{"a":["./dist/a.d.ts"]}}}' },
      'strong production package.json typesVersions "a"',
    ],
    [
      "what the compiler writes",
      { "package.json": '{"main":"made/a.js"}', "tsconfig.json": '{"compilerOptions":{"outDir":"made"}}' },
      "strong production package.json main",
    ],
    [
      "what the compiler writes for the whole repository",
      {
        "package.json": '{"main":"types/src/a.js"}',
        "tsconfig.json": '{"compilerOptions":{"outDir":"./types","rootDir":"./"}}',
      },
      "strong production package.json main",
    ],
    ["a page", { "index.html": '<script src="/src/a.ts"></script>' }, "strong production named in index.html"],
    [
      "a workflow",
      { ".github/workflows/x.yml": "run: node src/a.ts" },
      "strong development named in .github/workflows/x.yml",
    ],
    ["data", { "jobs.json": '{"job":"src/a"}' }, "strong development named in jobs.json"],
    ["a test's data", { "tests/jobs.json": '{"job":"../src/a.ts"}' }, "weak test named in tests/jobs.json"],
    ["nothing", {}, "strong development unknown territory: no production entry reaches this package"],
  ])("%s", async (_, tree, root) => {
    const { heap } = await markTree(
      {
        "package.json": "{}",
        "src/a.ts": "import './b.ts';\nexport const a = 1;\n",
        "src/b.ts": "export {};\n",
        ...tree,
      },
      noRoots,
    );
    expect(heap.roots.filter(({ file }) => file === "src/a.ts").map(describeRoot)).toEqual([root]);
  });

  test("knip's entries keep their reason and purpose", async () => {
    const askRoots = () =>
      Promise.resolve({
        entries: [
          { file: "src/a.ts", production: true, reason: "knip: src/a.ts (vite.config.ts)" },
          { file: "src/b.ts", production: false, reason: "knip: src/b.ts (eslint.config.js)" },
          { file: "src/c.test.ts", production: false, reason: "knip: **/*.test.ts (vitest)" },
        ],
        unusedDependencies: [],
        configErrors: [],
      });
    const text = 'import "node:fs";\n';
    const { heap } = await markTree(
      { "package.json": "{}", "src/a.ts": text, "src/b.ts": text, "src/c.test.ts": text },
      askRoots,
    );
    expect(heap.roots.map(describeRoot)).toEqual([
      "strong production knip: src/a.ts (vite.config.ts)",
      "strong development knip: src/b.ts (eslint.config.js)",
      "weak test knip: **/*.test.ts (vitest)",
    ]);
  });
});

describe("alarms", () => {
  const dead = Object.fromEntries([1, 2, 3, 4].map((n) => [`src/dead-${n}.ts`, `export const dead${n} = ${n};\n`]));
  test.each<[string, Tree, readonly string[]]>([
    ["none", { "src/index.ts": "export const a = 1;\n" }, []],
    ["no-production-root", { "package.json": "{}", "src/a.ts": "export const a = 1;\n" }, ["no-production-root"]],
    ["too-many-dead-files", { "src/index.ts": "export const a = 1;\n", ...dead }, ["too-many-dead-files"]],
    ["file-not-parsed", { "src/index.ts": "export const a = 1;\n", "src/b.ts": "const = 1;\n" }, ["file-not-parsed"]],
    ["not for templates", { "src/index.ts": "export const a = 1;\n", "src/a.tpl.ts": "const = 1;\n" }, []],
    [
      "not for what is too deep",
      { "src/index.ts": "export const a = 1;\n", "src/b.ts": `const c = ${"1 + ".repeat(40_000)}1;\n` },
      [],
    ],
    ["not for tests", { "src/index.ts": "export const a = 1;\n", "tests/b.ts": "const = 1;\n" }, []],
  ])("%s", async (_, tree, kinds) => {
    const { marking } = await markTree(tree);
    expect(marking.alarms.map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each<[string, Tree, readonly string[], readonly string[]]>([
    ["config-not-loaded", {}, ["vite.config.ts"], ["a configuration did not load: vite.config.ts"]],
    [
      "config-not-loaded, since nothing is installed",
      {},
      ["a.ts (Cannot find module 'fig')", "b.ts (File 'fig/tsconfig' not found.)"],
      [
        "nothing is installed here, so configurations did not load: a.ts (Cannot find module 'fig'), and 1 more; a look with verify installs first",
      ],
    ],
    [
      "config-not-loaded, though something is installed",
      { "node_modules/plum/package.json": "{}" },
      ["a.ts (Cannot find module 'fig')"],
      ["a configuration did not load: a.ts (Cannot find module 'fig')"],
    ],
  ])("%s", async (_, tree, configErrors, texts) => {
    const askRoots = () => Promise.resolve({ entries: [], unusedDependencies: [], configErrors });
    const { marking } = await markTree({ "src/index.ts": "export const a = 1;\n", ...tree }, askRoots);
    expect(marking.alarms).toEqual(texts.map((text) => ({ kind: "config-not-loaded", text })));
  });
});

test.each<[string, Tree, NightsweepError["code"]]>([
  ["no source", { "package.json": "{}", "a.md": "a" }, "NO_SOURCE"],
  ["no readable manifest", { "package.json": "[]", "a.ts": "export {};" }, "NO_PACKAGE_JSON"],
])("%s is an error of its own", async (_, tree, code) => {
  await expect(markTree(tree)).rejects.toMatchObject({ code });
});

describe("clusters", () => {
  test.each<[string, string, readonly string[]]>([
    ["one alone", "const a = 1;", ["a"]],
    ["a cycle", "const a = () => b(); const b = () => a();", ["a+b"]],
    ["a cascade", "const a = () => b; const b = () => c; const c = 1;", ["a > b c"]],
    ["shared by two", "const a = () => c; const b = () => c; const c = 1;", ["a", "b", "c after a, b"]],
    ["a cycle used from outside", "const a = () => b(); const b = () => c(); const c = () => b();", ["a > b c"]],
  ])("%s", async (_, text, clusters) => {
    const { heap } = await markTree({ "src/index.ts": `export const live = 1;\n${text}\n` });
    expect(heap.clusters.map((cluster) => describeCluster(heap, cluster)).sort()).toEqual(clusters);
  });
});

describe("explain", () => {
  const tree: Tree = {
    "src/index.ts": 'import { apple } from "./fruits.ts";\nexport const lunch = apple();\n',
    "src/fruits.ts": [
      "export const apple = () => peel;",
      "const peel = 1;",
      "export const pear = () => plum;",
      "export const plum = 1;",
      "export const fig = 1;",
      "// nightsweep-keep: sold in autumn",
      "export const date = 1;",
      "",
    ].join("\n"),
    "tests/fruits.test.ts":
      'import { test } from "vitest";\nimport { apple, fig } from "../src/fruits.ts";\ntest("a", () => [apple, fig]);\n',
  };

  test("what is alive has a path from its root", async () => {
    const { heap } = await markTree(tree);
    expect(explainSubject(heap, "src/fruits.ts", "peel")).toEqual({
      kind: "alive",
      subject: "src/fruits.ts#peel",
      root: "production root: package.json exports",
      path: [
        { file: "src/index.ts", name: "all exports", line: 1 },
        { file: "src/index.ts", name: "export lunch", line: 1 },
        { file: "src/index.ts", name: "lunch", line: 2 },
        { file: "src/fruits.ts", name: "export apple", line: 1 },
        { file: "src/fruits.ts", name: "apple", line: 1 },
        { file: "src/fruits.ts", name: "peel", line: 2 },
      ],
    });
  });

  test.each([
    ["date", { kind: "alive", root: "annotation: nightsweep-keep: sold in autumn" }],
    ["fig", { kind: "tests-only", root: "test root: test by its name" }],
    ["plum", { kind: "dead", usedBy: [{ file: "src/fruits.ts", name: "pear", line: 3 }, { name: "export plum" }] }],
  ])("%s", async (name, explanation) => {
    const { heap } = await markTree(tree);
    expect(explainSubject(heap, "src/fruits.ts", name)).toMatchObject(explanation);
  });

  test("what does not exist is named with what there is", async () => {
    const { heap } = await markTree(tree);
    expect(() => explainSubject(heap, "src/fruits.ts", "grape")).toThrow(
      new NightsweepError("NOT_FOUND", "grape in src/fruits.ts; it declares apple, peel, pear, plum, fig, date"),
    );
    expect(() => explainSubject(heap, "src/nowhere.ts")).toThrow(NightsweepError);
  });
});

test("names of dead exports are looked up in texts, not in prose", async () => {
  const { heap } = await markTree({
    "src/index.ts": 'export const words = ["pickApples", "pick apples"];\n',
    "src/dead.ts": "export const pickApples = 1;\nexport const pickPears = 1;\n",
    "jobs.yaml": "jobs:\n  - pickPears\n",
    "page.html": "<b onclick='pickPears()'></b>\n",
    "README.md": "`pickApples` picks apples\n",
  });
  expect(heap.mentions).toEqual(
    new Map([
      [
        "pickPears",
        [
          { file: "jobs.yaml", line: 2, kind: "text-file" },
          { file: "page.html", line: 1, kind: "text-file" },
        ],
      ],
      ["pickApples", [{ file: "src/index.ts", line: 1, kind: "string" }]],
    ]),
  );
});

function describeRoot({ strength, purpose, reason }: Heap["roots"][number]): string {
  return `${strength} ${purpose} ${reason}`;
}

function describeCluster(heap: Heap, { head, nodes, requires }: Cluster): string {
  const names = (of: readonly number[]) => of.map((node) => nameOf(heap, node));
  const rest = names(nodes.filter((node) => !head.includes(node)));
  const after = requires.map((index) => names(heap.clusters[index]?.head ?? []).join("+")).sort();
  return [
    names(head).join("+"),
    ...(rest.length === 0 ? [] : [`> ${rest.join(" ")}`]),
    ...(after.length === 0 ? [] : [`after ${after.join(", ")}`]),
  ].join(" ");
}

function nameOf({ graph }: Heap, node: number): string {
  const about = graph.nodes[node];
  const module = about === undefined ? undefined : graph.modules[about.module];
  if (about?.kind !== "declaration" || module === undefined) return "?";
  return module.declarations[about.index]?.name ?? `line ${lineAt(module, 0)}`;
}
