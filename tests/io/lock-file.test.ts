import { expect, test } from "vitest";
import { isReadableLockFile, readLockFile } from "../../src/io/lock-file.ts";

const npm = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    "": { name: "orchard" },
    "node_modules/@garden/rake": { version: "1.0.0", bin: "rake.js" },
    "node_modules/soil": { version: "1.0.0", bin: { dig: "dig.js" }, peerDependencies: { water: "1" } },
    "node_modules/soil/node_modules/water": { version: "2.0.0" },
  },
});
const yarn = [
  "__metadata:",
  "  version: 8",
  "",
  '"@garden/rake@npm:^1.0.0, @garden/rake@npm:^1.1.0":',
  "  version: 1.1.0",
  "  bin:",
  "    rake: ./rake.js",
  "  languageName: node",
  "",
  '"soil@npm:^1.0.0":',
  "  version: 1.0.0",
  "  peerDependencies:",
  '    water: "*"',
  "  peerDependenciesMeta:",
  "    sun:",
  "      optional: true",
  "  bin:",
  "    dig: ./dig.js",
].join("\n");
const bun = `{
  "lockfileVersion": 1,
  "packages": {
    "@garden/rake": ["@garden/rake@1.0.0", "", { "bin": { "rake": "rake.js" } }, "sha512-a"],
    "soil": ["soil@1.0.0", "", { "peerDependencies": { "water": "1" }, }, "sha512-b"],
  },
}`;

test.each([
  ["package-lock.json", npm, [["rake"], []], [["dig"], ["water"]]],
  ["apps/shop/yarn.lock", yarn, [["rake"], []], [["dig"], ["water", "sun"]]],
  ["bun.lock", bun, [["rake"], []], [[], ["water"]]],
])("%s", (file, text, rake, soil) => {
  const packages = readLockFile(file, text);
  const about = (name: string) => [packages.get(name)?.binaries, packages.get(name)?.peers];
  expect([isReadableLockFile(file), about("@garden/rake"), about("soil")]).toEqual([true, rake, soil]);
});

test.each([
  ["yarn.lock", '# yarn lockfile v1\n\nsoil@^1.0.0:\n  version "1.0.0"\n'],
  ["package-lock.json", "{"],
  ["bun.lock", "[]"],
  ["pnpm-lock.yaml", "lockfileVersion: '9.0'\n"],
])("nothing is known by %s that says nothing", (file, text) => {
  expect(readLockFile(file, text).size).toBe(0);
});
