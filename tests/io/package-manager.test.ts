import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findPackageManager, frozenCommand, isLockfile, lockCommand } from "../../src/io/package-manager.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type Row = {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: { readonly manager: string; readonly frozen: string; readonly lock: string };
};

const npm = { frozen: "npm ci --ignore-scripts", lock: "npm install --package-lock-only --ignore-scripts" };
const pnpm = {
  frozen: "pnpm i --frozen-lockfile --ignore-scripts",
  lock: "pnpm install --lockfile-only --no-frozen-lockfile --ignore-scripts",
};
const classic = { frozen: "yarn install --frozen-lockfile --ignore-scripts", lock: "yarn install --ignore-scripts" };
const berry = {
  frozen: "yarn install --immutable --mode=skip-build",
  lock: "yarn install --mode=update-lockfile --no-immutable",
};
const bun = {
  frozen: "bun install --frozen-lockfile --ignore-scripts",
  lock: "bun install --lockfile-only --ignore-scripts",
};

const rows: readonly Row[] = [
  { what: "npm of the machine", files: { "package-lock.json": "{}" }, expected: { manager: "npm null null", ...npm } },
  {
    what: "the npm that is named exactly",
    files: {
      "package.json": '{"packageManager":"npm@10.9.2"}',
      "npm-shrinkwrap.json": "{}",
      "package-lock.json": "{}",
    },
    expected: { manager: "npm 10.9.2 npm@10.9.2", ...npm },
  },
  {
    what: "pnpm by the format of its lock file",
    files: { "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" },
    expected: { manager: "pnpm null pnpm@10", ...pnpm },
  },
  {
    what: "an older pnpm",
    files: { "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" },
    expected: { manager: "pnpm null pnpm@8", ...pnpm },
  },
  {
    what: "pnpm named with a hash",
    files: { "package.json": '{"packageManager":"pnpm@10.14.0+sha512.abc"}', "pnpm-lock.yaml": "" },
    expected: { manager: "pnpm 10.14.0 pnpm@10.14.0", ...pnpm },
  },
  {
    what: "pnpm named by a range",
    files: {
      "package.json": '{"devEngines":{"packageManager":{"name":"pnpm","version":"^11","onFail":"error"}}}',
      "pnpm-lock.yaml": "",
    },
    expected: { manager: "pnpm null pnpm@11", ...pnpm },
  },
  {
    what: "Yarn 1",
    files: { "yarn.lock": "# yarn lockfile v1\n" },
    expected: { manager: "yarn null yarn@1", ...classic },
  },
  {
    what: "Yarn 4 that nothing names but its lock file",
    files: { "yarn.lock": "__metadata:\n  version: 8\n  cacheKey: 10c0\n" },
    expected: { manager: "yarn null @yarnpkg/cli-dist@4", ...berry },
  },
  {
    what: "Yarn 3",
    files: { "yarn.lock": "__metadata:\n  version: 6\n" },
    expected: { manager: "yarn null @yarnpkg/cli-dist@3", ...berry },
  },
  {
    what: "the exact Yarn 4",
    files: { "package.json": '{"packageManager":"yarn@4.9.1"}', "yarn.lock": "__metadata:\n  version: 8\n" },
    expected: { manager: "yarn 4.9.1 @yarnpkg/cli-dist@4.9.1", ...berry },
  },
  { what: "bun", files: { "bun.lock": "{}", "bun.lockb": "" }, expected: { manager: "bun null bun@1", ...bun } },
  {
    what: "the one of two lock files that is named",
    files: { "package.json": '{"packageManager":"pnpm@10.1.0"}', "pnpm-lock.yaml": "", "package-lock.json": "{}" },
    expected: { manager: "pnpm 10.1.0 pnpm@10.1.0", ...pnpm },
  },
  {
    what: "npm where there is no lock file",
    files: { "package.json": "{}" },
    expected: { manager: "npm null null", ...npm, frozen: "npm install --no-package-lock --ignore-scripts" },
  },
  {
    what: "the manager that is named where there is no lock file",
    files: { "package.json": '{"devEngines":{"packageManager":{"name":"pnpm"}}}' },
    expected: { manager: "pnpm null pnpm@10", ...pnpm, frozen: "pnpm install --no-lockfile --ignore-scripts" },
  },
  {
    what: "a version that is no version",
    files: { "package.json": '{"packageManager":"pnpm@../../evil"}', "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" },
    expected: { manager: "pnpm null pnpm@10", ...pnpm },
  },
];

async function find(files: Row["files"], directory = ""): ReturnType<typeof findPackageManager> {
  await using folder = await temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), text);
  }
  return await findPackageManager(folder.path, directory, Object.keys(files).filter(isLockfile));
}

describe("findPackageManager", () => {
  it.each(rows)("finds $what", async ({ files, expected }) => {
    const found = await find(files);
    expect({
      manager: `${found.name} ${found.version ?? "null"} ${found.specifier ?? "null"}`,
      frozen: frozenCommand(found).join(" "),
      lock: lockCommand(found).join(" "),
    }).toEqual(expected);
  });

  it("prefers the lock file that its owner prefers", async () => {
    const shrinkwrap = await find({ "package-lock.json": "{}", "npm-shrinkwrap.json": "{}" });
    expect(shrinkwrap.lockfile).toBe("npm-shrinkwrap.json");
    expect((await find({ "bun.lockb": "", "bun.lock": "{}" })).lockfile).toBe("bun.lock");
    expect((await find({ "apps/shop/package-lock.json": "{}" }, "apps/shop")).directory).toBe("apps/shop");
  });

  it.each([
    [{ "yarn.lock": "", "package-lock.json": "{}" }, "LOCKFILE_AMBIGUOUS"],
    [{ "package.json": '{"packageManager":"pnpm@10.0.0"}', "package-lock.json": "{}" }, "LOCKFILE_MISSING"],
  ])("refuses %j", async (files, code) => {
    await expect(find(files)).rejects.toMatchObject({ code });
  });
});
