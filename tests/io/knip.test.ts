import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { askKnip, type KnipAnswer } from "../../src/io/knip.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/*
 * The contract with the pinned version of knip, whose internals give the entries and the reasons for them: real
 * repositories, the real child process.
 */
const options = { timeoutMs: 60_000, mostRoots: 9 };

async function askAll(
  files: Readonly<Record<string, string>>,
  folders: readonly string[],
  wish: Partial<typeof options> = {},
): Promise<readonly KnipAnswer[]> {
  await using folder = await temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), text);
  }
  const answers = await askKnip(
    folders.map((name) => join(folder.path, name)),
    { ...options, ...wish },
  );
  return answers.map((answer) => ({ ...answer, directory: relative(folder.path, answer.directory) }));
}

async function ask(files: Readonly<Record<string, string>>) {
  const [answer] = await askAll(files, [""]);
  if (answer?.kind !== "answered") throw new Error(answer?.reason);
  return answer;
}

test("entries come with their purpose and reason, dependencies that only source may use with their section", async () => {
  const answer = await ask({
    "package.json": JSON.stringify({
      name: "orchard",
      exports: "./src/index.ts",
      scripts: { prune: "node tools/prune.ts" },
      dependencies: { "fruit-store": "1.0.0", "fruit-tree": "1.0.0" },
      devDependencies: { vitest: "5.0.0", "fruit-shears": "1.0.0" },
    }),
    "src/index.ts": 'import "fruit-store";\nexport { apple } from "./apple.ts";\n',
    "src/apple.ts": "export const apple = 1;\n",
    "src/pear.ts": "export const pear = 1;\n",
    "src/apple.test.ts": 'import { test } from "vitest";\ntest("apple", () => undefined);\n',
    "tools/prune.ts": "console.log(1);\n",
    "vitest.config.ts": "export default { test: {} };\n",
  });
  const found = answer.entries.map(({ file, production }) => [file, production] as const);
  expect(Object.fromEntries(found)).toEqual({
    "src/index.ts": true,
    "src/apple.test.ts": false,
    "tools/prune.ts": false,
    "vitest.config.ts": false,
  });
  expect(answer.entries.find(({ file }) => file === "src/apple.test.ts")?.reason).toMatch(/^knip: .*\btest\b/);
  expect(answer.entries.find(({ file }) => file === "src/index.ts")?.reason).toContain("package.json");
  expect(answer.unusedDependencies).toEqual([
    { manifest: "package.json", section: "dependencies", name: "fruit-store" },
    { manifest: "package.json", section: "dependencies", name: "fruit-tree" },
    { manifest: "package.json", section: "devDependencies", name: "vitest" },
    { manifest: "package.json", section: "devDependencies", name: "fruit-shears" },
  ]);
  expect(answer).toMatchObject({ configErrors: [], workspaces: [""] });
});

test("a configuration that does not load is named, and the rest is answered", async () => {
  const answer = await ask({
    "package.json": JSON.stringify({ name: "orchard", main: "src/index.js", devDependencies: { vitest: "5.0.0" } }),
    "src/index.js": "export const orchard = 1;\n",
    "vitest.config.js": 'import "./nowhere.js";\nexport default {};\n',
  });
  expect(answer.configErrors).toHaveLength(1);
  expect(answer.configErrors[0]).toContain("vitest.config.js");
  expect(answer.entries.map(({ file }) => file)).toContain("src/index.js");
});

test("every workspace is covered by the run at the top", async () => {
  const answer = await ask({
    "package.json": JSON.stringify({ name: "orchard", private: true, workspaces: ["packages/*"] }),
    "packages/shop/package.json": JSON.stringify({
      name: "shop",
      main: "src/index.js",
      dependencies: { rope: "1.0.0" },
    }),
    "packages/shop/src/index.js": "export const shop = 1;\n",
    "packages/fruits/package.json": JSON.stringify({ name: "fruits", main: "src/main.js" }),
    "packages/fruits/src/main.js": "export const fruits = 1;\n",
  });
  expect(answer.workspaces.toSorted()).toEqual(["", "packages/fruits", "packages/shop"]);
  expect(answer.entries.map(({ file, production }) => [file, production]).toSorted()).toEqual([
    ["packages/fruits/src/main.js", true],
    ["packages/shop/src/index.js", true],
  ]);
  expect(answer.unusedDependencies).toEqual([
    { manifest: "packages/shop/package.json", section: "dependencies", name: "rope" },
  ]);
});

describe("several package roots", () => {
  const stall = (name: string) => ({
    [`${name}/package.json`]: JSON.stringify({ name, main: "src/index.js", devDependencies: { vitest: "5.0.0" } }),
    [`${name}/src/index.js`]: "export const stall = 1;\n",
  });

  test("are answered one after the other, without those that an earlier one covers", async () => {
    const top = { "package.json": JSON.stringify({ name: "orchard", workspaces: ["apples"] }) };
    const answers = await askAll({ ...top, ...stall("apples"), ...stall("pears") }, ["", "apples", "pears"]);
    expect(answers.map(({ directory }) => directory)).toEqual(["", "pears"]);
    expect(answers[1]).toMatchObject({ entries: [{ file: "src/index.js", production: true }], workspaces: [""] });
  });

  test.each([
    ["that ends the process", "process.exit(0);\n", {}],
    [
      "that never comes to an end",
      "setInterval(() => undefined, 1e6);\nawait new Promise(() => undefined);\n",
      { timeoutMs: 5000 },
    ],
  ])("one with a configuration %s stops no other", async (_, text, wish) => {
    const files = { ...stall("apples"), ...stall("pears"), ...stall("plums"), "pears/vitest.config.mjs": text };
    const answers = await askAll(files, ["apples", "pears", "plums"], wish);
    expect(answers.map(({ kind, directory }) => `${directory} ${kind}`)).toEqual([
      "apples answered",
      "pears failed",
      "plums answered",
    ]);
  });

  test("that are too many have no answer", async () => {
    const answers = await askAll({ ...stall("apples"), ...stall("pears") }, ["apples", "pears"], { mostRoots: 1 });
    expect(answers.map(({ directory }) => directory)).toEqual(["apples"]);
  });

  test("one without a manifest fails with what knip says", async () => {
    const [answer] = await askAll({}, [""]);
    expect(answer?.kind === "failed" && answer.reason).toContain("package.json");
  });
});
