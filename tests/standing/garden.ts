import path from "node:path";
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
  scripts: { test: "node --test", check: "node check.js" },
};
const policy = `version: 1
name: everything
ceiling: automerge
defaultAction: propose
limits: { symbolsPerPullRequest: 4, pullRequestsPerNight: 60, openPullRequests: 60 }
rules:
  - { id: by-itself, match: { paths: ["zucchini/**"], minAssurance: tested }, action: automerge }
`;

/** The check of the garden: what `needs.json` names in disguise must be declared, so that no analysis can know of it. */
const check = `import { existsSync, readFileSync } from "node:fs";
for (const words of JSON.parse(readFileSync("needs.json", "utf8"))) {
  const [file, name] = words.map((word) => Buffer.from(word, "base64").toString());
  if (!existsSync(file) || !readFileSync(file, "utf8").includes(name)) throw new Error("something is missing in " + file);
}
`;

/** What makes the garden's check need some dead functions, by bed and number. */
export const needsOf = (...needed: readonly (readonly [bed: string, weed: number])[]) => ({
  "needs.json": `${JSON.stringify(needed.map(([bed, weed]) => [fileOf(bed), `${bed}Weed${weed}`].map((text) => Buffer.from(text).toString("base64"))))}\n`,
});

/** A garden of beds on the fake GitHub, and nights that look after it. */
export async function plantGarden(
  beds: readonly Bed[],
  change: { readonly repository?: object; readonly forge?: object; readonly limits?: object } = {},
) {
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
    "check.js": check,
    ...needsOf(),
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
        checks: { typecheck: ["node", "check.js"], test: false, build: false },
        ...change.repository,
      },
    ],
    policy: "policy.yaml",
    forge: { kind: "github", baseUrl: github.baseUrl, secondsBetweenWrites: 0, ...change.forge },
    limits: { verifyRuns: 200, ...change.limits },
  };
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify(config)};\n`,
    "policy.yaml": policy,
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
    pullOf: (number: number) => {
      const found = pulls().find((one) => one.number === number);
      if (found === undefined) throw new Error(`there is no pull request ${number}`);
      return found;
    },
    /** Lets an issue or pull request have been opened so many days earlier. */
    age: (number: number, days: number) => {
      const issue = repository.issues.find((one) => one.number === number);
      if (issue === undefined) throw new Error(`there is no issue ${number}`);
      Object.assign(issue, { createdAt: new Date(Date.parse(issue.createdAt) - days * 86_400_000).toISOString() });
    },
    /** Runs another command of the operator. */
    command: (...words: readonly string[]) => nightsweep(words, { folder, environment: { GITHUB_TOKEN: token } }),
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
