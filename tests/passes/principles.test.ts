import { expect, test } from "vitest";
import type { Principle } from "../../src/core/principles.ts";
import { git } from "../../src/io/git.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { noteBreaches } from "../../src/passes/principles.ts";
import { plantRepository } from "../io/planted-repository.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const words = "As its owners want it.";
const tree = {
  "package.json": '{ "name": "orchard", "version": "1.0.0", "exports": "./src/core/fruit.ts" }\n',
  "tsconfig.json": '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }\n',
  "src/core/fruit.ts": [
    'import { price } from "./price.ts";',
    'import { show } from "../screen/show.ts";',
    'export * from "~/screen/colours";',
    "export const fruit = () => show(price(3));",
    "",
  ].join("\n"),
  "src/core/price.ts":
    "export const price = (count: number) => formatCents(count);\n\nfunction formatCents(cents: number) {\n  return cents / 100;\n}\n",
  "src/money.ts": "export const formatCents = (cents: number) => cents / 100;\n",
  "src/screen/show.ts":
    'import { formatCents } from "../money.ts";\nexport const show = (text: number) => formatCents(text);\n',
  "src/screen/colours.ts": 'import { price } from "../core/price.ts";\nexport const red = price(1);\n',
};

async function notesOn(...principles: readonly Principle[]): Promise<readonly string[]> {
  await using folder = await temporaryFolder();
  const directory = folder.path;
  await plantRepository(directory, tree);
  const files = (await git({ directory, words: ["ls-files"] })).trim().split("\n");
  const askRoots = () => Promise.resolve({ entries: [], unusedDependencies: [], configErrors: [] });
  const { heap } = await markRepository({ directory, files, askRoots, flags: [], types: false });
  return noteBreaches(heap, principles).map(({ file, line, text }) => `${file}:${line} ${text}`);
}

test("an import that must not be is told wherever it is spelled, and the other way round is none", async () => {
  const forbidImports = { from: ["src/core/**"], to: ["src/screen/**"] };
  expect(await notesOn({ id: "core-alone", words, forbidImports })).toEqual([
    `src/core/fruit.ts:2 imports src/screen/show.ts; core-alone: ${words}`,
    `src/core/fruit.ts:3 imports src/screen/colours.ts; core-alone: ${words}`,
  ]);
});

test("a hand-rolled helper is told; the helper itself and who imports it are not", async () => {
  const preferHelper = { helper: "src/money.ts#formatCents", over: ["format*Cents"] };
  expect(await notesOn({ id: "one-money", words, preferHelper })).toEqual([
    `src/core/price.ts:3 formatCents may be src/money.ts#formatCents again; one-money: ${words}`,
  ]);
});

test("words without a mechanical form are told to nobody but a model", async () => {
  expect(await notesOn({ id: "kindness", words })).toEqual([]);
});
