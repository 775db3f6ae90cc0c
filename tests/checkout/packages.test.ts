import { describe, expect, it } from "vitest";
import { chooseInstallRoots, listPackages } from "../../src/checkout/packages.ts";
import { isLockfile } from "../../src/io/package-manager.ts";

const fruit = '{"dependencies":{"plum":"1.0.0"}}';

function roots(files: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(files);
  const packages = listPackages(names, (file) => files[file]);
  return chooseInstallRoots(packages, names, isLockfile).map(({ directory }) => directory);
}

describe("chooseInstallRoots", () => {
  it.each([
    ["the top", { "package.json": fruit, "package-lock.json": "" }, [""]],
    [
      "the top of a workspace only",
      {
        "package.json": fruit,
        "pnpm-lock.yaml": "",
        "packages/plum/package.json": fruit,
        "packages/plum/yarn.lock": "",
      },
      [""],
    ],
    [
      "each application of a repository without a top package",
      {
        "apps/shop/package.json": fruit,
        "apps/shop/yarn.lock": "",
        "apps/till/package.json": fruit,
        "apps/till/yarn.lock": "",
        "docs/package.json": fruit,
      },
      ["apps/shop", "apps/till"],
    ],
    [
      "applications below a top package that depends on nothing",
      { "package.json": "{}", "apps/shop/package.json": fruit, "apps/shop/yarn.lock": "" },
      ["apps/shop"],
    ],
    [
      "without a lock file what depends on something",
      { "package.json": "{}", "apps/shop/package.json": fruit, "apps/shop/plum/package.json": fruit },
      ["apps/shop"],
    ],
    ["a workspace without a lock file", { "package.json": '{"workspaces":["*"]}', "shop/package.json": fruit }, [""]],
    [
      "a top package that the lock files below do not cover",
      { "package.json": fruit, "apps/shop/package.json": fruit, "apps/shop/yarn.lock": "" },
      ["", "apps/shop"],
    ],
    ["nothing where nothing depends on anything", { "package.json": '{"scripts":{"test":"node --test"}}' }, []],
    [
      "no material of tests",
      { "package.json": "{}", "tests/fixtures/a/package.json": fruit, "tests/fixtures/a/yarn.lock": "" },
      [],
    ],
  ])("installs %s", (_what, files, expected) => {
    expect(roots(files)).toEqual(expected);
  });

  it.each([
    ["no package.json", { "src/plum.ts": "" }, "NO_PACKAGE_JSON", "no folder has one"],
    [
      "a package.json that does not parse",
      { "apps/shop/package.json": "{" },
      "MANIFEST_INVALID",
      "apps/shop/package.json",
    ],
    ["a package.json that is a list", { "package.json": "[]" }, "MANIFEST_INVALID", "package.json"],
  ])("refuses %s", (_what, files, code, place) => {
    expect(() => roots(files)).toThrow(expect.objectContaining({ code }));
    expect(() => roots(files)).toThrow(place);
  });
});
