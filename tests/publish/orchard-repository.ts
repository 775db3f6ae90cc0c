import { execFileSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { VerifiedBatch } from "../../src/core/check.ts";
import { candidateId, nightId, type CandidateId } from "../../src/core/names.ts";
import type { Checkout } from "../../src/core/stage.ts";
import { writeTree } from "../../src/io/git-tree.ts";
import { createMask } from "../../src/io/mask.ts";
import type { Forge } from "../../src/publish/forge.ts";
import type { PublishRequest } from "../../src/publish/publish.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";
import { batch, candidate, night, run, sweptRepo } from "../report/orchard-night.ts";

/** The names of the fruit that the repository has a file of; each is one candidate, and one batch. */
export const fruit = ["ripen", "peel", "stone"] as const;
export type Fruit = (typeof fruit)[number];

export const idOf = (name: Fruit): CandidateId => candidateId(`unused-export:src/${name}.ts#${name}:0f`);
export const branchOfFruit = (name: Fruit) => `nightsweep/unused-export/src-${name}`;

/** Git as a person uses it. */
export function git(directory: string, ...words: string[]): string {
  const identity = ["-c", "user.name=Ana", "-c", "user.email=ana@orchard.example", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...words], {
    cwd: directory,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], HOME: directory, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  }).trim();
}

export type Orchard = {
  readonly work: string;
  readonly mirror: string;
  readonly record: Checkout;
  readonly batches: Readonly<Record<Fruit, VerifiedBatch>>;
};

/** A repository with one dead file for each fruit, its mirror, and a checked batch for each. */
async function plantOrchard(directory: string): Promise<Orchard> {
  const work = join(directory, "orchard");
  const mirror = join(directory, "mirror.git");
  await mkdir(work, { recursive: true });
  git(work, "init", "--quiet", "--initial-branch=main");
  for (const name of fruit) await plant(join(work, "src", `${name}.ts`), `export const ${name} = 1;\n`);
  await plant(join(work, "src", "index.ts"), "export const tree = 1;\r\n");
  git(work, "add", ".");
  git(work, "commit", "--quiet", "--message=Plant the orchard");
  git(directory, "clone", "--quiet", "--bare", work, mirror);
  const commit = git(work, "rev-parse", "HEAD");
  const made = await Promise.all(fruit.map(async (name) => [name, await batchOf(mirror, commit, name)] as const));
  const [ripen, peel, stone] = made.map(([, one]) => one);
  if (ripen === undefined || peel === undefined || stone === undefined) throw new Error("a fruit has no batch");
  const record: Checkout = { ...sweptRepo.stages.checkout, base: { branch: "main", commit } };
  return { work, mirror, record, batches: { ripen, peel, stone } };
}

/** Plants it once for all tests of a file; each test gets a copy, which is much faster. */
export async function createNursery() {
  const folder = await temporaryFolder();
  const original = await plantOrchard(folder.path);
  const forge = join(folder.path, "forge");
  git(folder.path, "clone", "--quiet", "--bare", original.work, join(forge, "fruit", "orchard.git"));
  const transplant = async (directory: string): Promise<Orchard> => {
    await cp(folder.path, directory, { recursive: true });
    return { ...original, work: join(directory, "orchard"), mirror: join(directory, "mirror.git") };
  };
  return { transplant, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

async function plant(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function batchOf(mirror: string, commit: string, name: Fruit): Promise<VerifiedBatch> {
  const changes = [{ kind: "delete", file: `src/${name}.ts` }] as const;
  const tree = await writeTree(mirror, commit, changes);
  return batch([idOf(name)], { changes, tree, fingerprint: name, size: { files: 1, linesRemoved: 1, linesAdded: 0 } });
}

/** A request to publish the batches of some fruit, everything allowed and checked. */
export function requestFor(
  orchard: Orchard,
  forge: Forge,
  names: readonly Fruit[],
  change: Partial<PublishRequest> = {},
): PublishRequest {
  const batches = names.map((name) => orchard.batches[name]);
  const { verify, mark } = sweptRepo.stages;
  return {
    night,
    batches,
    candidates: fruit.map((name) =>
      candidate(name, { id: idOf(name), subject: { file: `src/${name}.ts`, name, line: 1 } }),
    ),
    decisions: fruit.map((name) => ({ id: idOf(name), action: "propose", rule: "old", because: "old" })),
    verification: {
      ...verify,
      trees: batches.map(({ tree, candidates }) => ({ tree, candidates, runs: [run("test")], survived: true })),
    },
    marking: mark,
    checkout: { record: orchard.record, mirror: orchard.mirror },
    forge,
    merge: (ids) =>
      fruit.flatMap((name) => (ids.includes(idOf(name)) ? [{ kind: "delete", file: `src/${name}.ts` }] : [])),
    limits: { pullRequestsPerNight: 3, openPullRequests: 5 },
    mask: createMask({ environment: {}, paths: [] }),
    at: "2026-11-23T02:00:00.000Z",
    signal: new AbortController().signal,
    ...change,
  };
}

export const nextNight = nightId("2026-11-24");
