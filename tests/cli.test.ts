import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightsweep, temporaryFolder } from "./command-line.ts";

let folder = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

const commands = [
  "run",
  "try",
  "explain",
  "roots",
  "report",
  "replay",
  "undo",
  "policy",
  "serve",
  "daemon",
  "doctor",
  "new-pass",
];

describe("help", () => {
  test("of the program names every command", async () => {
    const { code, stdout, stderr } = await nightsweep(["--help"], { folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test.each(commands)("of %s shows an example", async (command) => {
    const { code, stdout } = await nightsweep([command, "--help"], { folder });
    expect(code).toBe(0);
    expect(stdout).toContain(`  $ nightsweep ${command}`);
  });

  test("the version is that of the package", async () => {
    const { stdout } = await nightsweep(["--version"], { folder });
    const manifest = await readFile(path.resolve(import.meta.dirname, "..", "package.json"), "utf8");
    expect(manifest).toContain(`"version": "${stdout.trim()}"`);
  });
});

describe("wrong use ends with 2 and says what is right", () => {
  test.each([
    [["swepp"], /unknown command 'swepp'/],
    [["run", "--repos", "x"], /unknown option '--repos'[\s\S]*nightsweep run --help/],
    [["try"], /missing required argument 'path\|url'/],
    [["try", ".", "--pass", "unused"], /pass "unused"; the passes are missing-entry, unused-file,/],
    [["explain", "."], /missing required argument 'file\[#symbol\]\|id'/],
    [["replay", "2026-11-23", "orchard"], /required option '--from <stage>' not specified/],
    [["replay", "2026-11-23", "orchard", "--from", "pick"], /Allowed choices are checkout, mark, find, decide/],
    [["run"], /there is no file daemon\.config\.ts/],
    [["run", "--config", "pear.config.ts"], /there is no file pear\.config\.ts/],
    [["new-pass", "Stale_Flag"], /a pass is named in lower case with hyphens/],
    [["new-pass", "stale-flag"], /this folder is not a checkout of nightsweep/],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await nightsweep(words, { folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("a mistake in the configuration is one message with its place", async () => {
    const place = path.join(folder, "mistake");
    await mkdir(place);
    await writeFile(path.join(place, "daemon.config.ts"), "export default { repositories: [], slack: 3 }");
    const { code, stderr } = await nightsweep(["run"], { folder: place });
    expect(code).toBe(2);
    expect(stderr.split("\n")).toEqual([
      "error: The configuration is not valid: daemon.config.ts",
      expect.stringMatching(/^ {2}repositories: too small.*; allowed: a list that is not empty/),
      expect.stringMatching(/^ {2}slack: expected object.*; allowed: an object with webhookEnv/),
      "Correct the named field in daemon.config.ts; its allowed values are in the message.",
      "",
    ]);
  });

  test("a forge without its token is said before anything begins", async () => {
    const place = path.join(folder, "tokenless");
    await mkdir(place);
    const config = { repositories: ["https://github.com/fruit/orchard"], forge: { kind: "github" } };
    await writeFile(path.join(place, "daemon.config.ts"), `export default ${JSON.stringify(config)}`);
    const { code, stderr } = await nightsweep(["run"], { folder: place });
    expect(code).toBe(2);
    expect(stderr).toContain("The GitHub token is missing: GITHUB_TOKEN");
  });
});

test("a report of a night that never was lists what there is", async () => {
  const { code, stderr } = await nightsweep(["report", "2026-11-01"], { folder });
  expect(code).toBe(1);
  expect(stderr).toMatch(/night 2026-11-01; there is none yet/);
});

test("the doctor finds a bad policy and a missing webhook, and says what to do", async () => {
  const place = path.join(folder, "ill");
  await mkdir(place);
  const config = { repositories: ["orchard"], policy: "pear.yaml", slack: { webhookEnv: "ORCHARD_WEBHOOK" } };
  await writeFile(path.join(place, "daemon.config.ts"), `export default ${JSON.stringify(config)}`);
  const { code, stdout } = await nightsweep(["doctor"], { folder: place });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ok {4}node: /m);
  expect(stdout).toMatch(/^FAIL {2}policy: .*pear\.yaml/m);
  expect(stdout).toMatch(/^FAIL {2}slack: ORCHARD_WEBHOOK is not set\n {6}Set ORCHARD_WEBHOOK/m);
});
