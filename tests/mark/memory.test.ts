import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Garbage } from "../../src/core/candidate.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

type Tree = Readonly<Record<string, string>>;

const base: Tree = {
  "package.json": '{ "name": "orchard", "version": "1.0.0", "exports": "./src/index.ts" }',
  "src/index.ts": 'export { apple } from "./apple.ts";\n',
  "src/apple.ts": "export const apple = 1;\nexport const pear = 2;\n",
  "vite.config.ts": 'import { port } from "./build/port.ts";\nexport default { port };\n',
  "build/port.ts": "export const port = 1;\n",
};

/** Changes between two marks, whether knip must be asked again, and the names that are dead then. */
const changes: readonly (readonly [string, Tree, boolean, readonly string[]])[] = [
  ["nothing", {}, false, ["pear"]],
  ["a source file", { "src/apple.ts": "export const apple = 1;\nexport const plum = 2;\n" }, false, ["plum"]],
  ["settings", { "vite.config.ts": "export default {};\n" }, true, ["pear", "port.ts"]],
  ["what settings import", { "build/port.ts": "export const port = 2;\n" }, true, ["pear"]],
  ["a manifest", { "package.json": '{ "name": "orchard", "main": "./src/index.ts" }' }, true, ["pear"]],
  ["a new file", { "src/fig.ts": "export const fig = 1;\n" }, true, ["fig.ts", "pear"]],
];

test.each(changes)("a second mark after a change of %s", async (_, change, asksAgain, dead) => {
  await using folder = await temporaryFolder();
  const first = await mark(folder.path, base);
  expect(first.asked).toBe(1);
  expect(namesOf(first.garbage)).toEqual(["pear"]);
  const second = await mark(folder.path, { ...base, ...change });
  expect(second.asked).toBe(asksAgain ? 1 : 0);
  expect(namesOf(second.garbage)).toEqual(dead);
});

async function mark(
  root: string,
  tree: Tree,
): Promise<{ readonly asked: number; readonly garbage: readonly Garbage[] }> {
  const directory = join(root, "tree");
  for (const [file, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  let asked = 0;
  const { heap } = await markRepository({
    directory,
    files: Object.keys(tree).toSorted(),
    memoryFolder: join(root, "memory"),
    askRoots: () => {
      asked += 1;
      const entries = [{ file: "vite.config.ts", production: false, reason: "settings" }];
      return Promise.resolve({ entries, unusedDependencies: [], configErrors: [] });
    },
  });
  return { asked, garbage: findGarbage(heap) };
}

function namesOf(garbage: readonly Garbage[]): readonly string[] {
  return garbage.map(({ subject }) => subject.name).toSorted();
}
