import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTestReports, type TestResults } from "../../src/io/test-report.ts";
import { reportInto } from "../../src/io/test-reporters.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const packageRoot = join(import.meta.dirname, "../..");

type Answer = { readonly printed: string; readonly results: TestResults | null; readonly reports: number };

/** Runs a script in a folder with these files as a check would run it. */
async function run(files: Readonly<Record<string, string>>, script: string): Promise<Answer> {
  await using place = await temporaryFolder();
  const folder = join(place.path, "report");
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(place.path, file)), { recursive: true });
    await writeFile(join(place.path, file), text);
  }
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    CI: "1",
    HOME: place.path,
    ...(await reportInto(folder)),
  };
  const ended = spawnSync("sh", ["-c", script], { cwd: place.path, env, encoding: "utf8" });
  const reports = (await readdir(folder)).filter((name) => name.endsWith(".json")).length;
  return {
    printed: (ended.stdout + ended.stderr).replaceAll(folder, "R").replace(/R\/\d+/g, "R/N"),
    results: await readTestReports(folder, place.path),
    reports,
  };
}

/** A program that only says what it was asked. */
const echo = 'console.log(process.argv.slice(2).join(" "));';
const vitest = "--reporter=default --reporter=json --outputFile.json=R/N.json";

describe("reportInto", () => {
  it.each([
    ["node_modules/vitest/vitest.mjs", "run --coverage", `run --coverage ${vitest}`],
    ["node_modules/vitest/vitest.mjs", "", vitest],
    ["node_modules/.bin/vitest", "--reporter=dot", "--reporter=dot --reporter=json --outputFile.json=R/N.json"],
    ["node_modules/jest/bin/jest.js", "--ci -- plum", "--ci --json --outputFile=R/N.json -- plum"],
    ["node_modules/react-scripts/scripts/test.js", "", "--json --outputFile=R/N.json"],
    ["node_modules/mocha/bin/mocha.js", "src", "src --reporter R/mocha.cjs"],
    ["node_modules/@playwright/test/cli.js", "test", "test --reporter=list,R/playwright.cjs"],
    ["node_modules/vitest/vitest.mjs", "bench", "bench"],
    ["node_modules/vitest/vitest.mjs", "--watch", "--watch"],
    ["node_modules/jest/bin/jest.js", "--outputFile=own.json --json", "--outputFile=own.json --json"],
    ["node_modules/@playwright/test/cli.js", "install", "install"],
    ["scripts/jest-setup.js", "", ""],
    ["node_modules/jest-mocha/run.js", "src", "src"],
  ])("asks %s %s", async (program, words, expected) => {
    const { printed } = await run({ [program]: echo }, `node ${program} ${words}`);
    expect(printed.trim()).toBe(expected);
  });

  it("asks each runner of a script, and none that a runner starts", async () => {
    const inner = 'require("node:child_process").execFileSync("node", ["jest.js"], { stdio: "inherit" });';
    const { printed } = await run(
      { "jest.js": echo, "mocha.js": inner },
      "node mocha.js && node jest.js && node jest.js",
    );
    expect(printed.split("\n").filter((line) => line !== "")).toEqual(Array(2).fill("--json --outputFile=R/N.json"));
  });

  it("reads the tests of node:test one by one, todo and suites left out", async () => {
    const text = `const { describe, it, test } = require("node:test");
describe("plum", () => { it("is ripe", () => {}); it("is red", () => { throw new Error("green"); }); it.skip("later"); it.todo("one day"); });
test("pear", async (t) => { await t.test("is soft", () => {}); });`;
    const { results, printed } = await run({ "a.test.js": text }, "true && node --test a.test.js");
    expect(results).toEqual({
      passed: 3,
      failed: 1,
      skipped: 2,
      failedTests: ["a.test.js > plum > is red"],
      byFile: { "a.test.js": 4 },
    });
    expect(printed).toContain("is ripe");
  });

  it("adds up what several runners report", async () => {
    const test = 'import { it } from "vitest"; it("is ripe", () => {});';
    const program = join(packageRoot, "node_modules/vitest/vitest.mjs");
    const files = {
      "plum/a.test.js": test,
      "pear/a.test.js": test,
      "b.test.js": 'require("node:test")("is soft", () => {});',
    };
    const script = `node ${program} --root plum; node ${program} --root pear; node --test b.test.js`;
    const { results, reports } = await run({ ...files, "package.json": "{}" }, script);
    expect(reports).toBe(3);
    expect(results).toMatchObject({
      passed: 3,
      failed: 0,
      byFile: { "plum/a.test.js": 1, "pear/a.test.js": 1, "b.test.js": 1 },
    });
  });

  it("reads nothing from a report that was cut off", async () => {
    const broken = `require("node:fs").writeFileSync(process.argv.at(-1).split("=")[1], '{"testResults":[');`;
    expect((await run({ "jest.js": broken }, "node jest.js")).results).toBeNull();
    expect((await run({ "plum.js": echo }, "node plum.js")).results).toBeNull();
  });
});
