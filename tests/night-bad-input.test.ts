import { mkdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightId } from "../src/core/names.ts";
import type { NightResult, RepoResult } from "../src/core/stage.ts";
import { git } from "../src/io/git.ts";
import { readNight } from "../src/io/records.ts";
import {
  nightsweep,
  plant,
  smallOrchard,
  temporaryFolder,
  writeFiles,
  type Ended,
  type Files,
} from "./command-line.ts";

/** What a repository that cannot be swept says; each stands in one night with all others and with a good one. */
const stopped = {
  "no-such-path": { code: "REPOSITORY_NOT_FOUND", stage: "checkout", says: "no-such-path" },
  "not-a-repository": { code: "REPOSITORY_NOT_FOUND", stage: "checkout", says: "not-a-repository" },
  "no-commit": { code: "REPOSITORY_EMPTY", stage: "checkout", says: "no-commit" },
  "no-default-branch": { code: "NO_DEFAULT_BRANCH", stage: "checkout", says: "its branches are main" },
  "no-manifest": { code: "NO_PACKAGE_JSON", stage: "checkout", says: "no folder has one" },
  "no-source": { code: "NO_SOURCE", stage: "checkout", says: "no-source" },
  "bad-manifest": { code: "MANIFEST_INVALID", stage: "checkout", says: "package.json" },
  "no-lock-file": { code: "LOCKFILE_MISSING", stage: "checkout", says: "pnpm in the top folder has no lock file" },
  "two-lock-files": { code: "LOCKFILE_AMBIGUOUS", stage: "checkout", says: "yarn.lock" },
  "failing-install": { code: "INSTALL_FAILED", stage: "checkout", says: "npm ci" },
} as const;

/** What turns a repository to report-only, and which alarm or reason says so. */
const reportOnly = {
  "syntax-error": /src\/broken\.js/,
  "bad-tsconfig": /tsconfig\.json/,
  "red-baseline": /red baseline: .* failed before anything was changed/,
  "no-checks": /nothing can be proven/,
} as const;

const withManifest = (change: object): string => {
  const text = smallOrchard["package.json"];
  return JSON.stringify({ ...JSON.parse(typeof text === "string" ? text : "{}"), ...change }, null, 2);
};

const planted: Readonly<Record<string, Files>> = {
  good: smallOrchard,
  "no-manifest": { "src/index.js": "export const pear = 1;\n" },
  "no-source": { "package.json": "{}\n", "README.md": "# Pears\n" },
  "bad-manifest": { ...smallOrchard, "package.json": '{ "name": "orchard", }\n' },
  "no-lock-file": {
    ...smallOrchard,
    "package.json": withManifest({ packageManager: "pnpm@10.0.0", dependencies: { "left-pad": "1.3.0" } }),
    "package-lock.json": "{}\n",
  },
  "two-lock-files": {
    ...smallOrchard,
    "package.json": withManifest({ dependencies: { "left-pad": "1.3.0" } }),
    "package-lock.json": "{}\n",
    "yarn.lock": "# yarn lockfile v1\n",
  },
  "failing-install": {
    ...smallOrchard,
    "package.json": withManifest({ dependencies: { ladder: "file:./ladder" } }),
    "package-lock.json": JSON.stringify({ name: "orchard", lockfileVersion: 3, requires: true, packages: {} }),
  },
  "syntax-error": { ...smallOrchard, "src/broken.js": "export function ( {\n" },
  "bad-tsconfig": { ...smallOrchard, "tsconfig.json": '{ "compilerOptions": { "paths": [ } }\n' },
  "red-baseline": { ...smallOrchard, "test/pear.test.js": "throw new Error('frost');\n" },
  "no-checks": { ...smallOrchard, "package.json": withManifest({ scripts: {} }), "test/apple.test.js": "" },
};

let remove = (): Promise<void> => Promise.resolve();
let ended: Ended;
let night: NightResult;
beforeAll(async () => {
  const folder = await temporaryFolder();
  ({ remove } = folder);
  for (const [name, files] of Object.entries(planted)) await plant(path.join(folder.path, name), files);
  await mkdir(path.join(folder.path, "not-a-repository"));
  await emptyRepository(path.join(folder.path, "no-commit"));
  const lost = await plant(path.join(folder.path, "no-default-branch"), smallOrchard);
  await git({ directory: lost, words: ["symbolic-ref", "HEAD", "refs/heads/gone"] });
  const repositories = [...Object.keys(stopped), ...Object.keys(reportOnly), "good"];
  const config = { repositories, policy: "policy.yaml" };
  await writeFiles(folder.path, {
    "daemon.config.ts": `export default ${JSON.stringify(config)};\n`,
    "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n",
  });
  ended = await nightsweep(["run"], { folder: folder.path });
  night = await readNight(path.join(folder.path, "reports"), nightId("2026-11-23"));
}, 300_000);
afterAll(() => remove());

test("a night with stopped repositories ends with 1 and says where to look", () => {
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain("Report: reports/2026-11-23/index.html");
});

test("the good repository of the same night is swept all the same", () => {
  expect(ofNight("good").stopped).toBeUndefined();
  expect(ofNight("good").stages.publish?.outcomes.map(({ kind }) => kind)).toEqual(["opened"]);
});

describe("stops its own repository only", () => {
  test.each(Object.entries(stopped))("%s", (name, { code, stage, says }) => {
    const { stopped: stop } = ofNight(name);
    expect({ code: stop?.error.code, stage: stop?.stage }).toEqual({ code, stage });
    expect(`${stop?.error.message ?? ""}\n${stop?.error.detail ?? ""}`).toContain(says);
    expect(stop?.error.advice).not.toBe("");
  });
});

describe("is reported only, with the reason", () => {
  test.each(Object.entries(reportOnly))("%s", (name, reason) => {
    const { stopped: stop, stages } = ofNight(name);
    expect(stop).toBeUndefined();
    expect(stages.publish?.outcomes).toEqual([]);
    const reasons = [
      ...(stages.mark?.alarms ?? []).map(({ text }) => text),
      ...(stages.decide?.decisions ?? []).map(({ because }) => because),
      ...(stages.publish?.held ?? []).map(({ because }) => because),
    ];
    expect(reasons.join("\n")).toMatch(reason);
  });
});

function ofNight(name: string): RepoResult {
  const found = night.repos.find(({ location }) => location === name);
  if (found === undefined) throw new Error(`the night has no repository ${name}`);
  return found;
}

async function emptyRepository(folder: string): Promise<void> {
  await mkdir(folder);
  await git({ directory: folder, words: ["init", "--quiet"] });
}
