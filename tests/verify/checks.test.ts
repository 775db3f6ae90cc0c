import { describe, expect, it } from "vitest";
import { showFile } from "../../src/io/git-tree.ts";
import { isRunning } from "../../src/io/processes.ts";
import { checks, drop, run, shop, type Case } from "./shop.ts";

describe.concurrent("verify, check by check", () => {
  it("tries nothing where a check is red before anything is changed, and shows it", async () => {
    const files = { ...shop, "src/shop.js": "// needs gone.js\n" };
    const { verification, summary } = await run({ files, checks, sweeps: { plum: drop("src/plum.js") } });
    expect(verification.baseline.survived).toBe(false);
    expect(verification.trees).toEqual([]);
    expect(verification.baseline.runs.map(({ check, result }) => `${check} ${result}`)).toEqual([
      "node check.mjs failed",
      "node test.mjs passed",
      "node check.mjs failed",
      "node test.mjs passed",
    ]);
    expect(summary).toEqual({ survivors: [], culprits: [], untested: ["plum: red baseline"], batches: [] });
  });

  it("tells new failures from old ones by the names of the tests, as long as most are green", async () => {
    const green = Object.fromEntries(["apple", "pear", "quince"].map((name) => [`src/${name}.test.js`, "green"]));
    const sweeps = { red: { changes: { "src/till.test.js": "red" } }, plum: drop("src/plum.js") };
    const files = { ...shop, ...green, "src/old.test.js": "red", "src/shop.js": "" };
    const { verification, summary } = await run({ files, checks, sweeps });
    expect(verification.quarantine).toEqual([{ check: "node test.mjs", test: "old.test.js", because: "red-before" }]);
    expect(summary).toMatchObject({ survivors: ["plum tested"], culprits: ["red: node test.mjs"] });
    expect(verification.culprits[0]?.tail).toContain("till.test.js");
    const mostlyRed = { ...shop, "src/old.test.js": "red", "src/shop.js": "" };
    const refused = await run({ files: mostlyRed, checks, sweeps });
    expect(refused.summary.untested).toEqual(["red: red baseline", "plum: red baseline"]);
  });

  it("finds a flaky test by running it twice, and believes its failure only when it does not go away", async () => {
    const flaky = `import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"; mkdirSync("dist", { recursive: true });
const state = "dist/runs"; const before = existsSync(state) ? Number(readFileSync(state, "utf8")) : 0; writeFileSync(state, String(before + 1));
const gone = !existsSync("src/till.js"); const red = gone || before % 2 === 0;
console.log((red ? "✖ opens (1ms)\\n" : "") + "ℹ pass " + (red ? 9 : 10) + "\\nℹ fail " + (red ? 1 : 0)); process.exitCode = red ? 1 : 0;`;
    const files = { ...shop, "src/shop.js": "", "test.mjs": flaky };
    const sweeps = { plum: drop("src/plum.js"), till: drop("src/till.js") };
    const { verification, summary } = await run({ files, checks, sweeps });
    expect(verification.quarantine).toEqual([{ check: "node test.mjs", test: "opens", because: "flaky" }]);
    expect(summary).toMatchObject({ survivors: ["plum tested"], culprits: ["till: node test.mjs"] });
  });

  it("runs checks that need a build after the build", async () => {
    const files = {
      ...shop,
      "build.mjs": 'import { mkdirSync } from "node:fs"; mkdirSync("dist", { recursive: true });',
      "check.mjs": 'import { existsSync } from "node:fs"; process.exitCode = existsSync("dist") ? 0 : 1;',
    };
    const build = ["node", "build.mjs"];
    const { runs, summary } = await run({ files, checks: { ...checks, build }, sweeps: { plum: drop("src/plum.js") } });
    expect(summary.survivors).toEqual(["plum tested"]);
    expect(runs.slice(-3)).toEqual(["node build.mjs", "node check.mjs", "node test.mjs"]);
  });

  it("gives a test that fails by chance a second chance", async () => {
    const flaky = `import { existsSync, mkdirSync } from "node:fs";
const broken = !existsSync("src/plum.js") && !existsSync("dist");
mkdirSync("dist", { recursive: true });
console.log(broken ? "✖ opens (1ms)\\nℹ pass 0\\nℹ fail 1" : "ℹ pass 1\\nℹ fail 0");
process.exitCode = broken ? 1 : 0;`;
    const { verification, summary } = await run({
      files: { ...shop, "test.mjs": flaky },
      checks,
      sweeps: { plum: drop("src/plum.js") },
    });
    expect(summary.survivors).toEqual(["plum tested"]);
    expect(verification.trees[0]?.runs.map(({ result }) => result)).toEqual(["passed", "failed", "passed"]);
  });

  it.each([
    ["that looks", 'import "./src/till.js"', "node test.mjs"],
    ["that looks elsewhere", "", null],
  ])("asks with a canary whether there is a test %s", async (_, line, noticedBy) => {
    const looking = `${shop["test.mjs"]}${line};`;
    const files = {
      ...shop,
      "test.mjs": looking,
      "src/shop.js": "",
      "src/till.js": "count(); function count() { return 1; }\n",
    };
    const { verification } = await run({
      files,
      checks,
      sweeps: { plum: drop("src/plum.js") },
      breakFile: (file, text) =>
        file === "src/till.js" ? { name: "count", text: text.replace("return 1;", "throw new Error();") } : null,
    });
    expect(verification.batches[0]?.canary).toMatchObject({ file: "src/till.js", name: "count", noticedBy });
    expect(verification.batches[0]?.assurance).toBe("tested");
  });

  it("kills a test that hangs, with all that it started", async () => {
    const hang = `import { spawn } from "node:child_process"; import { existsSync } from "node:fs";
if (existsSync("src/plum.js")) console.log("ℹ pass 1\\nℹ fail 0");
else { const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); console.log("child " + child.pid); setInterval(() => {}, 1000); }`;
    const { verification, summary } = await run({
      files: { ...shop, "test.mjs": hang },
      checks,
      sweeps: { plum: drop("src/plum.js") },
      limits: { checkMinutes: 0.08 },
    });
    expect(summary).toMatchObject({ survivors: [], culprits: ["plum: node test.mjs"], batches: [] });
    const last = verification.trees[0]?.runs.at(-1);
    expect(last).toMatchObject({ result: "timed-out", exitCode: null });
    expect(isRunning(Number(/child (\d+)/.exec(last?.tail ?? "")?.[1]))).toBe(false);
  });

  it("checks no tree twice, and nothing at all without candidates", async () => {
    const sweeps = { plum: drop("src/plum.js"), pear: drop("src/pear.js") };
    expect((await run({ files: shop, checks, sweeps })).runs).toHaveLength(5);
    const idle = await run({ files: shop, checks, sweeps: {} });
    expect(idle.runs).toEqual([]);
    expect(idle.verification).toMatchObject({ baseline: { survived: true, runs: [] }, batches: [] });
  });

  it("shows no absolute path and starts from a clean tree each time", async () => {
    const stale = `import { existsSync, mkdirSync } from "node:fs"; console.log(process.cwd() + "/src/shop.js");
if (existsSync("dist")) throw new Error("stale"); mkdirSync("dist");`;
    const { verification } = await run({
      files: { ...shop, "check.mjs": stale },
      checks,
      sweeps: { plum: drop("src/plum.js") },
    });
    expect(verification.trees[0]?.runs[0]).toMatchObject({ result: "passed", tail: "src/shop.js" });
  });

  it("brings the lock file along when a dependency goes, and installs what is left", async () => {
    const packages = {
      "": { name: "shop", version: "1.0.0", dependencies: { pear: "file:pear", plum: "file:plum" } },
      "node_modules/pear": { resolved: "pear", link: true },
      "node_modules/plum": { resolved: "plum", link: true },
      pear: { version: "1.0.0" },
      plum: { version: "1.0.0" },
    };
    const manifest = (dependencies: Readonly<Record<string, string>>): string =>
      `${JSON.stringify({ name: "shop", version: "1.0.0", dependencies }, null, 2)}\n`;
    const files = {
      "package.json": manifest({ pear: "file:pear", plum: "file:plum" }),
      "package-lock.json": `${JSON.stringify({ name: "shop", version: "1.0.0", lockfileVersion: 3, requires: true, packages }, null, 2)}\n`,
      "pear/package.json": '{"name":"pear","version":"1.0.0"}',
      "plum/package.json": '{"name":"plum","version":"1.0.0"}',
      "src/shop.js": "",
      "check.mjs": `import { existsSync } from "node:fs";
if (!existsSync("node_modules/pear")) throw new Error("Cannot find package 'pear'");
console.log(existsSync("node_modules/plum") ? "with plum" : "without plum");`,
    };
    const sweeps = { plum: { changes: { "package.json": manifest({ pear: "file:pear" }) } } };
    const one = { files, checks: { ...checks, test: false }, sweeps } satisfies Case;
    const { verification, summary } = await run(one, async (mirror, { batches }) => {
      const lock = await showFile(mirror, batches[0]?.tree ?? "", "package-lock.json");
      expect(lock).toContain("node_modules/pear");
      expect(lock).not.toContain("node_modules/plum");
    });
    expect(summary.batches).toEqual(["plum compiled"]);
    expect(verification.batches[0]?.changes.map(({ file }) => file)).toEqual(["package.json", "package-lock.json"]);
    expect(verification.baseline.runs[0]?.tail).toBe("with plum");
    expect(verification.batches[0]?.runs[0]?.tail).toBe("without plum");
  });

  it("installs each folder with a lock file of its own, and tries a change with the checks of its folder first", async () => {
    const app = (name: string, fruit: string) => ({
      [`apps/${name}/package.json`]: `{"name":"${name}","scripts":{"test":"node --test"},"dependencies":{"${fruit}":"file:${fruit}"}}`,
      [`apps/${name}/package-lock.json`]: JSON.stringify({
        lockfileVersion: 3,
        requires: true,
        packages: {
          "": { name, dependencies: { [fruit]: `file:${fruit}` } },
          [`node_modules/${fruit}`]: { resolved: fruit, link: true },
          [fruit]: { version: "1.0.0" },
        },
      }),
      [`apps/${name}/${fruit}/package.json`]: `{"name":"${fruit}","version":"1.0.0","main":"${fruit}.js"}`,
      [`apps/${name}/${fruit}/${fruit}.js`]: "",
      [`apps/${name}/${name}.test.js`]: `const test = require("node:test"); test("opens", () => { require("${fruit}"); });`,
      [`apps/${name}/spare.js`]: "",
    });
    const { summary, runs, record } = await run({
      files: { "package.json": "{}", ...app("shop", "pear"), ...app("till", "plum") },
      checks: {},
      sweeps: { spare: drop("apps/shop/spare.js") },
    });
    const [inShop = "", inTill = ""] = record.checks.map(({ name }) => name);
    expect([inShop, inTill]).toEqual(["npm run test (apps/shop)", "npm run test (apps/till)"]);
    expect(summary.batches).toEqual(["spare tested"]);
    const base = [inShop, inTill, inShop, inTill];
    expect(runs).toEqual([...base, inShop, inShop, inTill]);
  });
});
