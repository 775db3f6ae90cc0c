import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nightId, repoKey } from "../src/core/names.ts";
import { readLedger } from "../src/io/ledger.ts";
import { readNight } from "../src/io/records.ts";
import { openStore } from "../src/io/store.ts";
import { nightsweep, plant, smallOrchard, temporaryFolder, writeFiles, type Files } from "./command-line.ts";

const file = ".github/nightsweep.yml";
const apples = String(smallOrchard["src/apple.js"]);
const keep = "// nightsweep-keep: for the fair (until: 2027-06-30)\n";

let root = "";
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  ({ path: root, remove } = await temporaryFolder());
});
afterAll(() => remove());

async function operate(name: string, policy: string, repositories: Readonly<Record<string, Files>>): Promise<string> {
  const folder = path.join(root, name);
  const config = { repositories: Object.keys(repositories), policy: "policy.yaml", sandbox: "available" };
  await writeFiles(folder, {
    "daemon.config.mjs": `export default ${JSON.stringify(config)};\n`,
    "policy.yaml": policy,
  });
  for (const [repository, files] of Object.entries(repositories))
    await plant(path.join(folder, repository), { ...smallOrchard, ...files });
  return folder;
}

const night = (folder: string, day: string, ...words: readonly string[]) =>
  nightsweep(["run", "--config", "daemon.config.mjs", ...words], { folder, now: new Date(`${day}T02:00:00Z`) });

/** What was decided in each repository: the action, the rule, and the reason. */
async function decided(folder: string, day: string): Promise<Readonly<Record<string, string>>> {
  const { repos } = await readNight(path.join(folder, "reports"), nightId(day));
  return Object.fromEntries(
    repos.map(({ repo, stages }) => [
      repo,
      (stages.decide?.decisions ?? []).map(({ action, rule, because }) => `${action} ${rule}: ${because}`).join("\n"),
    ]),
  );
}

test("a repository's own file narrows what the night does there, widens nothing, and is only reported on when it is wrong", async () => {
  const folder = await operate("own", "version: 1\nname: everything\ndefaultAction: report\n", {
    narrow: { [file]: "version: 1\nname: growers\nprotect:\n  symbols: [weigh*]\n" },
    wide: {
      [file]:
        "version: 1\nname: greedy\nceiling: automerge\ndefaultAction: automerge\nlimits: { openPullRequests: 50 }\n",
    },
    raising: { [file]: "version: 1\nname: raising\nextends: aggressive\n" },
  });
  const { code } = await night(folder, "2026-11-23", "--dry-run");
  expect(code).toBe(0);
  const wrong = `${file}:3:1 extends: no such field`;
  expect(await decided(folder, "2026-11-23")).toEqual({
    narrow: "ignore repository/protect: growers: the name weighByHand is protected",
    wide: "report default: no rule is about it",
    raising: "report default: no rule is about it",
  });
  const report = await readFile(path.join(folder, "reports", "2026-11-23", "raising", "repo.md"), "utf8");
  expect(report.replaceAll("\\", "")).toContain(wrong);
  const printed = await nightsweep(["policy", "print", "wide", "--config", "daemon.config.mjs"], { folder });
  expect(printed.stdout).toMatch(/^ceiling +propose +\(default; \.github\/nightsweep\.yml:3 says automerge\)$/m);
});

test("an annotation is an answer in the ledger until it is gone", async () => {
  const kept = { "src/apple.js": apples.replace("/** How people", `${keep}/** How people`) };
  const folder = await operate("kept", "version: 1\nname: everything\ndefaultAction: report\n", { orchard: kept });
  const answers = async () => {
    await using store = await openStore(path.join(folder, ".nightsweep"));
    const { answers: all } = await readLedger(store, repoKey("orchard"));
    return all.map(({ kind, about, who, why, until, source }) => ({ kind, about, who, why, until, source }));
  };
  await night(folder, "2026-11-23");
  expect(await decided(folder, "2026-11-23")).toEqual({ orchard: "" });
  const given = {
    kind: "keep",
    about: { kind: "symbol", file: "src/apple.js", name: "weighByHand" },
    ...{ who: "The orchard", why: "for the fair", until: "2027-06-30", source: "annotation" },
  };
  expect(await answers()).toEqual([given]);
  await night(folder, "2026-11-24");
  expect(await answers()).toEqual([given]);
  await plant(path.join(folder, "orchard"), { "src/apple.js": apples });
  await night(folder, "2026-11-25");
  const withdrawn = { ...given, kind: "withdraw", who: "nightsweep", why: "the annotation is gone", until: null };
  expect(await answers()).toEqual([given, withdrawn]);
  expect(await decided(folder, "2026-11-25")).toEqual({ orchard: "report default: no rule is about it" });
});

test("a rule waits until every night has found something dead for so many days", async () => {
  const rule = "  - { id: waiting, match: { minDeadDays: 2 }, action: propose }\n";
  const folder = await operate("waits", `version: 1\nname: patient\nrules:\n${rule}`, { orchard: {} });
  const days = ["2026-11-23", "2026-11-24", "2026-11-25"];
  const found: (string | undefined)[] = [];
  for (const day of days) {
    await night(folder, day);
    found.push((await decided(folder, day))["orchard"]);
  }
  const why = (reason: string) => `report default: no rule matches (waiting: ${reason}; the rule asks for 2 days)`;
  expect(found).toEqual([
    why("tonight found it dead for the first time"),
    why("it was found dead since 2026-11-23, 1 day"),
    "propose waiting: the rule waiting matches",
  ]);
});
