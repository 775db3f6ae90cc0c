import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exec } from "../src/io/exec.ts";
import { nightsweep, temporaryFolder } from "./command-line.ts";

const project = path.resolve(import.meta.dirname, "..");
let folder = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, "tests/passes"), { recursive: true });
  for (const place of [
    "src",
    "package.json",
    "tsconfig.json",
    "tests/passes/passes.test.ts",
    "tests/passes/fixtures.ts",
  ])
    await cp(path.join(project, place), path.join(folder, place), { recursive: true });
  await symlink(path.join(project, "node_modules"), path.join(folder, "node_modules"), "dir");
});
afterAll(() => remove());

test("a new pass compiles and passes the tests of its own fixtures", async () => {
  const { code, stdout } = await nightsweep(["new-pass", "spoiled-fruit"], { folder });
  expect(code).toBe(0);
  expect(stdout.split("\n")).toContain("src/passes/spoiled-fruit.ts");
  const again = await nightsweep(["new-pass", "spoiled-fruit"], { folder });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain(`there is a pass "spoiled-fruit" already`);
  expect(await run("typescript/bin/tsc", "--noEmit")).toBe("");
  expect(await run("vitest/vitest.mjs", "run", "--testNamePattern", "spoiled-fruit")).toMatch(/ Tests +5 passed \|/);
});

/** What a tool of ours says in the copy. */
async function run(tool: string, ...words: readonly string[]): Promise<string> {
  const command = [process.execPath, path.join(project, "node_modules", tool), ...words] as const;
  const { stdout, stderr } = await exec({ command, cwd: folder, env: { NO_COLOR: "1" }, timeoutMs: 60_000 });
  return `${stdout}${stderr}`.trim();
}
