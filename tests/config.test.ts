import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineConfig } from "../src/config.ts";
import { configSchema } from "../src/core/config.ts";
import { NightsweepError, toErrorRecord } from "../src/core/errors.ts";
import { describeProblems } from "../src/core/schema-problems.ts";
import { loadConfig, loadConfigOrDefaults } from "../src/io/config-file.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "nightsweep-config-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a mistake is said with the path of the field and what is allowed", () => {
  const repositories = ["orchard"];
  test.each([
    [null, "the whole file: expected object, received null; allowed: an object with repositories, schedule, forge,"],
    [{}, "repositories: is missing; allowed: a list that is not empty (What to sweep"],
    [
      { repositories: [] },
      "repositories: too small: expected array to have >=1 items; allowed: a list that is not empty",
    ],
    [
      { repositories: [7] },
      "repositories[0]: not one of the alternatives; allowed: a string that is not empty or an object",
    ],
    [
      { repositories: ["pear", { location: "apple", chekcs: {} }] },
      "repositories[1].chekcs: no such field; allowed: location, name, github, fork, checks",
    ],
    [
      { repositories: [{ location: "apple", checks: { test: 3 } }] },
      "repositories[0].checks.test: not one of the alternatives; allowed: a string that is not empty or a list",
    ],
    [{ repositories: [{ name: "pear" }] }, "repositories[0].location: is missing; allowed: a string"],
    [{ repositories: [{ location: "pear", github: "x" }] }, 'repositories[0].github: expected "owner/name"'],
    [
      { repositories, forge: { kind: "gitlab" } },
      'forge.kind: not one of the alternatives; allowed: "local" or "github"',
    ],
    [{ repositories, forge: { kind: "github", baseUrl: "x" } }, "forge.baseUrl: invalid URL; allowed: a URL"],
    [{ repositories, limits: { checkMinutes: 0 } }, "limits.checkMinutes: too small"],
    [
      { repositories, limits: { checkMinutes: "3" } },
      "limits.checkMinutes: expected number, received string; allowed: a number above 0 (A check that takes longer has failed)",
    ],
    [
      { repositories, limits: { verifyRuns: 1.5 } },
      "limits.verifyRuns: expected int, received number; allowed: a whole number",
    ],
    [{ repositories, slack: {} }, "slack: expected channels, or channel, or webhookEnv"],
    [{ repositories, nights: 2 }, "nights: no such field; allowed: repositories, schedule, forge, stateDirectory,"],
  ])("%j", (value, message) => {
    const { error } = configSchema.safeParse(value);
    expect(error === undefined ? [] : describeProblems(configSchema, error)).toEqual([
      expect.stringContaining(message),
    ]);
  });

  test("every mistake has a line of its own", () => {
    const { error } = configSchema.safeParse({ repositories: [], policy: 3, limits: { verifyRuns: -1 } });
    const problems = error === undefined ? [] : describeProblems(configSchema, error);
    expect(problems.map((problem) => problem.split(":")[0])).toEqual(["repositories", "policy", "limits.verifyRuns"]);
  });
});

describe("a configuration file", () => {
  const loading = async (text: string): Promise<unknown> => {
    const file = path.join(await mkdtemp(path.join(folder, "config-")), "daemon.config.mjs");
    await writeFile(file, text);
    return loadConfig(file, folder).then(
      (config) => ({ ...config, directory: path.relative(folder, config.directory) !== "" }),
      (error: unknown) => toErrorRecord(error).message,
    );
  };

  test.each([
    ["export default {", /could not be loaded: daemon\.config\.mjs: /],
    ["throw new Error('no fruit today')", /could not be loaded: daemon\.config\.mjs: no fruit today/],
    ["export const fruit = 1", /has no default export; allowed: export default defineConfig/],
    [
      "export default { repositories: ['a'], schedule: { cron: '0 1 * * *' } }",
      /schedule\.cron: no such field; allowed: timeZone, window, days, freeze/,
    ],
    [
      "export default { repositories: ['a'], schedule: { window: '22-25' } }",
      /schedule\.window: expected "from-to", such as "23:00-06:00"/,
    ],
    [
      "export default { repositories: ['a'], schedule: { timeZone: 'Orchard' } }",
      /schedule\.timeZone: expected an IANA time zone, such as Europe\/Berlin/,
    ],
    [
      "export default { repositories: ['shop/apple', '../shop/apple.git'] }",
      /repositories\[1\]: has the same name as repositories\[0\] \("shop-apple"\); allowed: a name of its own/,
    ],
  ])("%s", async (text, message) => {
    expect(await loading(text)).toMatch(message);
  });

  test("that is missing is named", async () => {
    await expect(loadConfig("pear.config.ts", folder)).rejects.toThrow(
      new NightsweepError("CONFIG_UNREADABLE", "there is no file pear.config.ts"),
    );
  });

  test("has its relative folders resolved against itself", async () => {
    const directory = path.join(folder, "shop");
    await mkdir(directory);
    const config = defineConfig({
      repositories: ["apple", { location: "https://example.org/pear.git", name: "Pear" }],
    });
    await writeFile(path.join(directory, "daemon.config.ts"), `export default ${JSON.stringify(config)}`);
    const loaded = await loadConfig("shop/daemon.config.ts", folder);
    expect(loaded).toMatchObject({
      directory,
      stateDirectory: path.join(directory, ".nightsweep"),
      reportsDirectory: path.join(directory, "reports"),
      repositories: [
        { key: "apple", location: "apple" },
        { key: "pear", location: "https://example.org/pear.git" },
      ],
    });
    expect(path.basename(loaded.policy)).toBe("standard.yaml");
  });
});

test("without a configuration, what is kept goes to the user's cache and not into the repository", async () => {
  const empty = await mkdtemp(path.join(folder, "empty-"));
  const loaded = await loadConfigOrDefaults(undefined, empty, { XDG_CACHE_HOME: path.join(folder, "cache") });
  expect(loaded).toMatchObject({
    file: null,
    stateDirectory: path.join(folder, "cache", "nightsweep"),
    reportsDirectory: path.join(folder, "cache", "nightsweep", "reports"),
  });
});
