import { expect, test } from "vitest";
import type { Candidate } from "../src/core/candidate.ts";
import type { Ledger } from "../src/core/ledger.ts";
import { recall } from "../src/core/recall.ts";
import { findCandidates } from "../src/find-candidates.ts";
import { git } from "../src/io/git.ts";
import { markRepository } from "../src/mark/mark.ts";
import { plantCommit, plantRepository } from "./io/planted-repository.ts";
import { temporaryFolder } from "./io/temporary-folder.ts";

const { signal } = new AbortController();
const fig = "export function fig(weight: number): string {\n  return `${weight} grams of figs`;\n}\n";
const tree = {
  "package.json": '{ "name": "orchard", "version": "1.0.0", "exports": "./src/index.ts" }\n',
  "src/index.ts": 'import { apple } from "./fruit.ts";\nexport const shop = apple;\n',
  "src/fruit.ts": `export const apple = 1;\n\n${fig}`,
  "src/shed/old.ts":
    'import { apple } from "../fruit.ts";\n\nexport const rusty = (count: number): number => count * apple;\n',
};

/** What is found in the tree of the newest commit. */
async function candidatesIn(directory: string, commit: string): Promise<readonly Candidate[]> {
  const files = (await git({ directory, words: ["ls-files"] })).trim().split("\n");
  const askRoots = () => Promise.resolve({ entries: [], unusedDependencies: [], configErrors: [] });
  const { heap } = await markRepository({ directory, files, askRoots, flags: [], types: false });
  return findCandidates(heap, { directory, mirror: directory, commit, passes: undefined, now: new Date(0), signal });
}

const wanted = ({ subject: { name } }: Candidate) => ["fig", "old.ts", "older.ts"].includes(name);

test("an answer follows its code through real renames, moves and edits around it, and not over an edit of it", async () => {
  await using folder = await temporaryFolder();
  const directory = folder.path;
  const first = await plantRepository(directory, tree);
  const before = (await candidatesIn(directory, first)).filter(wanted);
  expect(before.map(({ category, subject }) => `${category} ${subject.name}`)).toEqual([
    "unused-file old.ts",
    "unused-export fig",
  ]);
  const ledger: Ledger = {
    entries: [],
    answers: before.map(({ id }) => ({
      ...{ kind: "keep", about: { kind: "candidate", id }, who: "@ada", why: "of use to us", until: null },
      ...{ source: "comment", at: "2026-01-01T00:00:00Z", url: null },
    })),
  };
  const heldIn = async (commit: string) => {
    const tonight = await candidatesIn(directory, commit);
    const ids = tonight.map(({ id }) => id);
    const hindranceOf = recall(ledger, ids, "2026-02-01T00:00:00Z");
    return tonight.filter(wanted).map((candidate) => {
      const hindrance = hindranceOf({ candidate, rule: "surely-dead" });
      return `${candidate.subject.file}#${candidate.subject.name} ${hindrance?.rule ?? "free"}`;
    });
  };

  await plantCommit(
    directory,
    { "src/fruit.ts": `// Fruit.\nexport const apple = 1;\nexport const pear = 2;\n\n${fig}` },
    2,
  );
  const edited = (await git({ directory, words: ["rev-parse", "HEAD"] })).trim();
  expect(await heldIn(edited)).toEqual(["src/shed/old.ts#old.ts kept", "src/fruit.ts#fig kept"]);

  await git({ directory, words: ["mv", "src/shed/old.ts", "src/older.ts"] });
  await git({ directory, words: ["mv", "src/fruit.ts", "src/produce.ts"] });
  const moved = await plantCommit(
    directory,
    {
      "src/index.ts": 'import { apple } from "./produce.ts";\nexport const shop = apple;\n',
      "src/older.ts":
        'import { apple } from "./fruit.ts";\n\nexport const rusty = (count: number): number => count * apple;\n',
    },
    3,
  );
  expect(await heldIn(moved)).toEqual(["src/older.ts#older.ts kept", "src/produce.ts#fig kept"]);

  const split = await plantCommit(
    directory,
    {
      "src/produce.ts": "export const apple = 1;\nexport const pear = 2;\n",
      "src/index.ts":
        'import { apple } from "./produce.ts";\nimport { date } from "./figs.ts";\nexport const shop = apple + date;\n',
      "src/figs.ts": `export const date = 3;\n\n${fig}`,
    },
    4,
  );
  expect(await heldIn(split)).toEqual(["src/older.ts#older.ts kept", "src/figs.ts#fig kept"]);

  const rewritten = await plantCommit(
    directory,
    { "src/figs.ts": `export const date = 3;\n\n${fig.replace("grams", "ounces")}` },
    5,
  );
  expect(await heldIn(rewritten)).toEqual(["src/older.ts#older.ts kept", "src/figs.ts#fig free"]);
});
