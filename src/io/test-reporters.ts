import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Every report is this much of what Jest's `--json` writes, which Vitest writes too. */
const begin = `"use strict";
const { isMainThread } = require("node:worker_threads");
const { realpathSync } = require("node:fs");
const program = (process.argv[1] || "").replaceAll("\\\\", "/");
const words = process.argv.slice(2);
const says = (...names) => words.some((word) => names.includes(word.split("=")[0]));
const report = __dirname + "/" + process.pid + ".json";
const named = (...names) =>
  new RegExp("(?:^|/)(?:" + names.join("|") + ")(?:[.](?:c|m)?js)?$").test(program);
// Options belong before a double hyphen, behind which words are names of files.
const add = (...options) => {
  const end = words.indexOf("--");
  words.splice(end < 0 ? words.length : end, 0, ...options);
  process.argv = [...process.argv.slice(0, 2), ...words];
  // What a runner starts of its own kind is a part of its tests.
  process.env.NIGHTSWEEP_REPORT = report;
};
const runners = {
  vitest: () => {
    const isRun = !/^(bench|watch|dev|list|init|related)$/.test(words.find((word) => !word.startsWith("-")) ?? "");
    if (!isRun || says("--watch", "-w", "--outputFile", "--mergeReports", "--help", "--version")) return;
    add(...(says("--reporter") ? [] : ["--reporter=default"]), "--reporter=json", "--outputFile.json=" + report);
  },
  jest: () => {
    if (says("--watch", "--watchAll", "--listTests", "--showConfig", "--json", "--outputFile", "--help", "--version", "--init")) return;
    add("--json", "--outputFile=" + report);
  },
  mocha: () => {
    if (says("--watch", "-w", "--help", "--version")) return;
    process.env.NIGHTSWEEP_MOCHA = realpathSync(process.argv[1]).replace(/[\\\\/](bin|lib)[\\\\/].*$/, "");
    add("--reporter", __dirname + "/mocha.cjs");
  },
  playwright: () => {
    if (words[0] === "test" && !says("--reporter", "--list", "--ui")) add("--reporter=list," + __dirname + "/playwright.cjs");
  },
  "node --test": () => {
    const options = process.execArgv;
    const count = (name) => options.filter((option) => option.split("=")[0] === name).length;
    const [reporters, destinations] = [count("--test-reporter"), count("--test-reporter-destination")];
    const [major, minor] = process.versions.node.split(".").map(Number);
    if (major < 18 || (major === 18 && minor < 15) || says("--watch") || options.includes("--watch")) return;
    if (reporters !== destinations && reporters !== 1) return;
    process.env.NIGHTSWEEP_REPORT = report;
    const theirs = reporters === 0 ? ["--test-reporter=spec"] : [];
    const stdout = reporters === destinations && reporters > 0 ? [] : ["--test-reporter-destination=stdout"];
    const ours = ["--test-reporter=" + __dirname + "/node-test.mjs", "--test-reporter-destination=" + report];
    const all = [...options, ...theirs, ...stdout, ...ours, ...process.argv.slice(1)];
    const ended = require("node:child_process").spawnSync(process.execPath, all, { stdio: "inherit" });
    process.exit(ended.status ?? 1);
  },
};
const runner = named("vitest", "vitest/dist/cli") ? "vitest"
  : named("jest", "react-scripts/scripts/test") ? "jest"
  : named("_?mocha", "mocha/lib/cli/cli") ? "mocha"
  : named("playwright", "@?playwright(?:/test)?/cli") ? "playwright"
  : process.execArgv.includes("--test") && process.env.NODE_TEST_CONTEXT === undefined ? "node --test"
  : null;
if (isMainThread && runner !== null && process.env.NIGHTSWEEP_REPORT === undefined) runners[runner]();
`;

/** What the runners' own reporters of this kind have in common: tests by their files. */
const gather = `
const files = new Map();
const keep = (file, path, status) => {
  if (!files.has(file)) files.set(file, []);
  files.get(file).push({ ancestorTitles: path.slice(0, -1), title: path.at(-1) ?? "", status });
};
const whole = () => JSON.stringify({ testResults: [...files].map(([name, assertionResults]) => ({
  name, status: assertionResults.some((one) => one.status === "failed") ? "failed" : "passed", assertionResults })) });
`;

/** Prints as mocha does by default, and writes a report as well: mocha has one reporter at a time. */
const mocha = `"use strict";
const { writeFileSync } = require("node:fs");
const Spec = require(process.env.NIGHTSWEEP_MOCHA + "/lib/reporters/spec.js");
${gather}
module.exports = class extends (Spec.default ?? Spec) {
  constructor(runner, options) {
    super(runner, options);
    const fileOf = (test) => test.file ?? test.parent?.file ?? "";
    for (const [event, status] of [["pass", "passed"], ["fail", "failed"], ["pending", "pending"]])
      runner.on(event, (test) => keep(fileOf(test), test.titlePath(), status));
    runner.once("end", () => writeFileSync(process.env.NIGHTSWEEP_REPORT, whole()));
  }
};
`;

const playwright = `"use strict";
const { writeFileSync } = require("node:fs");
${gather}
module.exports = class {
  onBegin(config, suite) { this.tests = suite.allTests(); }
  onEnd() {
    const words = { expected: "passed", flaky: "passed", unexpected: "failed", skipped: "skipped" };
    for (const test of this.tests ?? []) keep(test.location.file, test.titlePath().filter((part) => part !== ""), words[test.outcome()]);
    writeFileSync(process.env.NIGHTSWEEP_REPORT, whole());
  }
};
`;

/** Suites are not counted, nor tests that failed only since one inside them did. */
const nodeTest = `
${gather}
export default async function* (events) {
  const names = [];
  for await (const { type, data } of events) {
    if (type === "test:start") names[data.nesting] = data.name;
    if (type !== "test:pass" && type !== "test:fail") continue;
    names[data.nesting] = data.name;
    const failure = data.details?.error?.failureType;
    if (failure === "subtestsFailed" || (data.details?.type === "suite" && type === "test:pass")) continue;
    const isLeft = data.skip !== undefined || data.todo !== undefined;
    keep(data.file ?? "", names.slice(0, data.nesting + 1), isLeft ? "skipped" : type === "test:pass" ? "passed" : "failed");
  }
  yield whole();
}
`;

/**
 * Makes the test runners that a command starts, however deep in scripts and tools for workspaces, write reports into a
 * folder besides what they print. Returns the environment that does it: each Node that is started loads a file first,
 * which looks whether it is a runner. A runner that a runner starts is left alone.
 */
export async function reportInto(folder: string): Promise<Readonly<Record<string, string>>> {
  const texts = { "begin.cjs": begin, "mocha.cjs": mocha, "playwright.cjs": playwright, "node-test.mjs": nodeTest };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return { NODE_OPTIONS: `--require ${JSON.stringify(join(folder, "begin.cjs"))}` };
}
