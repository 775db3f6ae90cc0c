import { execFileSync } from "node:child_process";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { readProduction } from "../../src/io/production-coverage.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const typescript = `export type Fruit = { readonly name: string };
export function peel(fruit: Fruit): string {
  return fruit.name;
}
export const slice = (fruit: Fruit): string => fruit.name;
export class Basket {
  fill(): number {
    return 1;
  }
  empty(): number {
    return 0;
  }
}
`;
const main = `import { Basket, peel } from "./fruit.ts";
peel({ name: "fig" });
peel({ name: "pear" });
new Basket().fill();
`;
const span = { since: "2026-09-01", until: "2026-11-01", covers: [], paths: {} };

async function listRuns(place: Parameters<typeof readProduction>[0], files: readonly string[]) {
  const production = await readProduction(place, files);
  return Object.fromEntries(
    [...production.files].map(([file, seen]) => [
      file,
      seen.map(({ name, line, ran }) => `${name ?? "-"} ${line ?? "-"} ${ran}`).toSorted(),
    ]),
  );
}

test("what Node writes of two runs, in a folder that the repository calls otherwise", async () => {
  await using folder = await temporaryFolder();
  const app = path.join(folder.path, "srv/app");
  await mkdir(path.join(app, "src"), { recursive: true });
  await writeFile(path.join(app, "src/fruit.ts"), typescript);
  await writeFile(path.join(app, "src/main.ts"), main);
  const coverage = path.join(folder.path, "coverage");
  for (const [round, script] of ["src/main.ts", "src/main.ts"].entries())
    execFileSync(process.execPath, [script, String(round)], {
      cwd: app,
      env: { ...process.env, NODE_V8_COVERAGE: coverage, NODE_OPTIONS: "" },
    });
  const place = { ...span, coverage: [coverage], paths: { [app]: "apps/shop" } };
  expect(await listRuns(place, ["apps/shop/src/fruit.ts", "apps/shop/src/lonely.ts"])).toEqual({
    "apps/shop/src/fruit.ts": ["- - 2", "empty - 0", "fill - 2", "peel - 4", "slice - 0"],
  });
});

test("what Node writes of compiled code, back at its source by the source map", async () => {
  await using folder = await temporaryFolder();
  const app = path.join(folder.path, "app");
  await mkdir(path.join(app, "dist"), { recursive: true });
  const compiled = "function peel() {\n  return 1;\n}\nfunction slice() {\n  return 2;\n}\npeel();\n";
  // Line for line, the first column each.
  const map = { version: 3, sources: ["../src/fruit.ts"], names: [], mappings: "AAAA;AACA;AACA;AACA;AACA;AACA;AACA" };
  await writeFile(path.join(app, "dist/fruit.mjs"), `${compiled}//# sourceMappingURL=fruit.mjs.map\n`);
  await writeFile(path.join(app, "dist/fruit.mjs.map"), JSON.stringify(map));
  const coverage = path.join(folder.path, "coverage");
  execFileSync(process.execPath, ["dist/fruit.mjs"], {
    cwd: app,
    env: { ...process.env, NODE_V8_COVERAGE: coverage, NODE_OPTIONS: "" },
  });
  expect(await listRuns({ ...span, coverage: [coverage] }, ["src/fruit.ts"])).toEqual({
    "src/fruit.ts": ["- - 1", "peel 1 1", "slice 4 0"],
  });
});

test("what Istanbul writes", async () => {
  await using folder = await temporaryFolder();
  const loc = (line: number) => ({ start: { line, column: 0 }, end: { line: line + 2, column: 1 } });
  const one = {
    path: "/srv/app/src/fruit.ts",
    fnMap: { 0: { name: "peel", decl: loc(2), loc: loc(2), line: 2 }, 1: { name: "(anonymous_1)", loc: loc(5) } },
    f: { 0: 7, 1: 0 },
    ...{ statementMap: {}, branchMap: {}, s: {}, b: {} },
  };
  const other = { ...one, path: "/srv/app/node_modules/core/src/fruit.ts" };
  const file = path.join(folder.path, "coverage-final.json");
  await writeFile(file, JSON.stringify({ [one.path]: one, [other.path]: other }));
  expect(await listRuns({ ...span, coverage: [file] }, ["src/fruit.ts"])).toEqual({
    "src/fruit.ts": ["- 5 0", "peel 2 7"],
  });
});

test.each([
  ["there is no such file", null, "ENOENT"],
  ["it is no JSON", "{", "JSON"],
  ["it is something else", '{"total": 3}', "it is neither V8's coverage nor Istanbul's"],
])("it is refused when %s", async (_, text, detail) => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, "coverage-final.json");
  if (text !== null) await writeFile(file, text);
  await expect(readProduction({ ...span, coverage: [file] }, [])).rejects.toMatchObject({
    code: "COVERAGE_UNREADABLE",
    detail: expect.stringContaining(detail) as unknown,
  });
});

test("without a last day it is that of the newest file", async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, "coverage-final.json");
  await writeFile(file, "{}");
  await utimes(file, new Date("2026-10-31T12:00:00Z"), new Date("2026-10-31T12:00:00Z"));
  const open = { since: span.since, covers: [], paths: {}, coverage: [file] };
  expect((await readProduction(open, [])).until).toBe("2026-10-31");
});
