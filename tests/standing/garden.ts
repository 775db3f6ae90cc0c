import path from "node:path";
import { decodeMetadata } from "../../src/core/metadata.ts";
import { nightId } from "../../src/core/names.ts";
import type { RepoResult } from "../../src/core/stage.ts";
import { readNight } from "../../src/io/records.ts";
import { nightsweep, plant, temporaryFolder, writeFiles } from "../command-line.ts";
import { isPull } from "../github/call.ts";
import { startFakeGitHub } from "../github/fake-github.ts";

/** What grows in one bed: a live function, and some that nothing uses. */
export type Bed = { readonly name: string; readonly dead: number };

/** The file of a bed; its dead functions are `<name>Weed0`, `<name>Weed1` and so on. */
export const fileOf = (name: string) => `${name}/bed.js`;
export const textOf = ({ name, dead }: Bed) =>
  [
    `export function ${name}(days) {`,
    "  return days > 120;",
    "}",
    ...Array.from({ length: dead }, (_unused, index) => [
      "",
      `export function ${name}Weed${index}(days) {`,
      `  return days * ${index + 2};`,
      "}",
    ]).flat(),
    "",
  ].join("\n");

const manifest = {
  name: "garden",
  private: true,
  type: "module",
  main: "./src/index.js",
  scripts: { test: "node --test" },
};
const policy = `version: 1
name: everything
defaultAction: propose
limits: { symbolsPerPullRequest: 4, pullRequestsPerNight: 40, openPullRequests: 40 }
`;

/** A garden of beds on the fake GitHub, and nights that look after it. */
export async function plantGarden(beds: readonly Bed[], policyText = policy) {
  const { path: root, remove } = await temporaryFolder();
  const names = beds.map(({ name }) => name);
  const origin = await plant(path.join(root, "origin"), {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "src/index.js": names.map((name) => `export { ${name} } from "../${name}/bed.js";\n`).join(""),
    "test/garden.test.js": [
      'import assert from "node:assert/strict";',
      'import { test } from "node:test";',
      'import * as garden from "../src/index.js";',
      `test("all is ripe in the end", () => { for (const ripe of Object.values(garden)) assert.equal(ripe(121), true); });`,
      "",
    ].join("\n"),
    ".github/CODEOWNERS": "* @ben\n",
    ...Object.fromEntries(beds.map((bed) => [fileOf(bed.name), textOf(bed)])),
  });
  const github = await startFakeGitHub(path.join(root, "github"));
  const repository = await github.addRepository({ name: "fruit/garden", from: origin });
  const token = github.addToken();
  const folder = path.join(root, "operator");
  const config = {
    repositories: [
      {
        ...{ location: `${github.url}/fruit/garden.git`, name: "garden" },
        checks: { typecheck: ["true"], test: false, build: false },
      },
    ],
    policy: "policy.yaml",
    forge: { kind: "github", baseUrl: github.baseUrl, secondsBetweenWrites: 0 },
    limits: { verifyRuns: 200 },
  };
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify(config)};\n`,
    "policy.yaml": policyText,
  });
  const pulls = () => repository.issues.filter(isPull);
  return {
    ...{ github, repository, folder, pulls },
    /** The pull request of a bed that was opened last. */
    numberOf: (name: string) => {
      const found = pulls().filter(({ body }) => body.includes(fileOf(name)));
      const last = found.at(-1);
      if (last === undefined) throw new Error(`no pull request is about ${name}`);
      return last.number;
    },
    metadataOf: (number: number) => decodeMetadata(pulls().find((one) => one.number === number)?.body ?? ""),
    /** Runs the night of a day, and gives the result of each standing pull request by its number. */
    night: async (day: string, words: readonly string[] = []) => {
      const now = new Date(`${day}T02:00:00Z`);
      const ended = await nightsweep(["run", ...words], { folder, now, environment: { GITHUB_TOKEN: token } });
      const { repos } = await readNight(path.join(folder, "reports"), nightId(day));
      const [result] = repos;
      if (result === undefined) throw new Error(`the night has no repository: ${ended.stderr}`);
      return { ...ended, result, results: resultsOf(result) };
    },
    [Symbol.asyncDispose]: async () => {
      await github[Symbol.asyncDispose]();
      await remove();
    },
  };
}

function resultsOf({
  stages,
  stopped,
}: RepoResult): ReadonlyMap<number, { result: string; because: string; done: readonly string[] }> {
  if (stopped !== undefined)
    throw new Error(`${stopped.stage}: ${stopped.error.message} ${stopped.error.detail ?? ""}`);
  return new Map(
    (stages.publish?.standing ?? []).map(({ number, result, because, done }) => [number, { result, because, done }]),
  );
}
