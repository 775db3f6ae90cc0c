import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repoKey } from "../src/core/names.ts";
import { createMask } from "../src/io/mask.ts";
import { writeNight, writeRecord } from "../src/io/records.ts";
import { nightsweep, plant, smallOrchard, temporaryFolder } from "./command-line.ts";
import { orchardNight, sweptRepo } from "./report/orchard-night.ts";

const policies = path.join(import.meta.dirname, "..", "policies");
const own = "version: 1\nname: growers\nlimits: { openPullRequests: 1 }\nprotect: { symbols: [weighByHand] }\n";
let folder = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await plant(path.join(folder, "orchard"), { ...smallOrchard, ".github/nightsweep.yml": own });
  await writeFile(path.join(folder, "daemon.config.mjs"), "export default { repositories: ['orchard'] };\n");
});
afterAll(() => remove());

const run = (...words: readonly string[]) =>
  nightsweep([...words, ...(words[1] === "test" ? [] : ["--config", "daemon.config.mjs"])], { folder });

test("check names mistakes by line and column, and rules that can never match", async () => {
  await writeFile(path.join(folder, "typo.yaml"), "version: 1\nname: mine\ncelling: report\n");
  const mistaken = await run("policy", "check", "typo.yaml");
  expect(mistaken).toMatchObject({ code: 2, stdout: "" });
  expect(mistaken.stderr).toContain("typo.yaml:3:1 celling: no such field");
  const rule = (id: string) => `  - { id: ${id}, action: report }\n`;
  await writeFile(path.join(folder, "shadow.yaml"), `version: 1\nname: mine\nrules:\n${rule("a")}${rule("b")}`);
  const shadowed = await run("policy", "check", "shadow.yaml");
  expect(shadowed.code).toBe(1);
  expect(shadowed.stdout).toContain(
    "error  shadow.yaml:5 the rule b can never match: a (shadow.yaml:4) takes all of it",
  );
  expect((await run("policy", "check")).code).toBe(0);
});

test("print shows each value with its origin, and the strictest one first", async () => {
  const { code, stdout } = await run("policy", "print", "orchard");
  expect(code).toBe(0);
  expect(stdout).toContain("repository: growers");
  expect(stdout).toMatch(/limits\.openPullRequests +1 {2}\(\.github\/nightsweep\.yml:3; standard\.yaml:\d+ says 5\)/);
  expect(stdout).toMatch(/limits\.linesPerPullRequest +200 {2}\(standard\.yaml:\d+\)/);
});

test("explain goes through every layer, rule by rule, and keeps what it says as a test", async () => {
  const { code, stdout } = await run("explain", "orchard", "src/apple.js#weighByHand", "--save-test", "saved.yaml");
  expect(code).toBe(0);
  expect(stdout).toContain("src/apple.js#weighByHand is dead");
  expect(stdout).toMatch(/operator standard: propose by surely-dead/);
  expect(stdout).toMatch(/matters-of-taste: it is about other categories than unused-export/);
  expect(stdout).toContain("repository growers: ignore by protect: the name weighByHand is protected");
  expect(stdout).toContain("together: ignore by repository/protect");
  expect(await readFile(path.join(folder, "saved.yaml"), "utf8")).toContain('"expect": "ignore"');
  const id = /^(unused-export:weighByHand:\S+):/m.exec(stdout)?.[1] ?? "";
  expect((await run("explain", "orchard", id)).stdout).toContain("together: ignore");
});

test("production counts for what it did not run, and against taking away what it ran", async () => {
  const loc = { start: { line: 1, column: 0 }, end: { line: 1, column: 9 } };
  const fnMap = { 0: { name: "weighByHand", loc }, 1: { name: "polish", loc } };
  const seen = { path: "/srv/src/apple.js", fnMap, f: { 0: 0, 1: 4 } };
  await writeFile(path.join(folder, "coverage-final.json"), JSON.stringify({ [seen.path]: seen }));
  const rule = "  - { id: unused, match: { unusedInProductionDays: 1 }, action: propose }\n";
  await writeFile(path.join(folder, "production.yaml"), `version: 1\nname: mine\nrules:\n${rule}`);
  const today = new Date().toISOString().slice(0, 10);
  const production = { coverage: ["coverage-final.json"], since: "2020-01-01", until: today };
  const config = { repositories: [{ location: "orchard", production }], policy: "production.yaml" };
  await writeFile(path.join(folder, "production.config.mjs"), `export default ${JSON.stringify(config)};\n`);
  const ask = async (...words: readonly string[]) =>
    (await nightsweep([...words, "--config", "production.config.mjs"], { folder })).stdout;
  expect(await ask("explain", "orchard", "src/apple.js#weighByHand")).toMatch(
    /production did not run it from \S+ to \S+, \d+ days/,
  );
  expect(await ask("policy", "print", "orchard")).toContain(
    `production: coverage-final.json, from 2020-01-01 to ${today}`,
  );
  expect((await run("policy", "check", "production.yaml")).stdout).toContain(
    "note  production.yaml:4 the rule unused asks what production runs, but no repository",
  );
});

test("simulate reads recorded nights", async () => {
  const reports = { directory: path.join(folder, "reports"), mask: createMask({ environment: {}, paths: [] }) };
  const { night, startedAt } = orchardNight;
  const { repo, stages } = sweptRepo;
  for (const stage of ["checkout", "mark", "find", "decide", "verify"] as const)
    await writeRecord(reports, { format: 1, night, repo, stage, startedAt, ms: 1, output: stages[stage] });
  await writeNight(reports, orchardNight);
  await writeFile(path.join(folder, "nothing.yaml"), "version: 1\nname: nothing\nceiling: report\n");
  const { code, stdout } = await run("policy", "simulate", "--policy", "nothing.yaml");
  expect(code).toBe(0);
  expect(stdout).toContain("4 candidates of 1 night: 3 were proposed, 1 would have been: +0 -2");
});

test("promote takes a rule that there is, and remembers who let it", async () => {
  const words = ["policy", "promote", "orchard", "surely-dead", "--to", "report", "--why", "a release is near"];
  expect((await run(...words)).stdout).toContain(
    `the rule surely-dead may report in ${repoKey("orchard")} from now on`,
  );
  expect((await run(...words)).stdout).toContain("already");
  const unknown = await run("policy", "promote", "orchard", "surely-alive", "--to", "report", "--why", "fun");
  const elsewhere = await run("policy", "promote", "vineyard", "surely-dead", "--to", "report", "--why", "fun");
  expect(elsewhere.stderr).toContain("repository vineyard; the configuration has orchard");
  expect(unknown.stderr).toContain("rule surely-alive; there are entries-before-deletion");
});

test("the tests of the policies that come along pass, and one that fails is told", async () => {
  const { code, stdout } = await run("policy", "test", path.join(policies, "tests"));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^standard\.yaml: (\d+) of \1 pass$/m);
  await mkdir(path.join(folder, "tests"));
  const wrong = {
    policy: path.join(policies, "standard.yaml"),
    tests: [{ name: "fig", given: { category: "unused-file" }, expect: "ignore" }],
  };
  await writeFile(path.join(folder, "tests", "wrong.yaml"), JSON.stringify(wrong));
  const failed = await run("policy", "test", "tests");
  expect(failed.code).toBe(1);
  expect((await run("policy", "test", "nowhere")).stderr).toContain("a file or folder nowhere with tests of policies");
  expect(failed.stdout).toContain("  fig: expected ignore, got propose by surely-dead");
});
