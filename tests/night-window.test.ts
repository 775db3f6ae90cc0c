import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../src/io/config-file.ts";
import { readNight } from "../src/io/records.ts";
import { nightId } from "../src/core/names.ts";
import { runNight } from "../src/night.ts";
import { nightsweep, plant, smallOrchard, writeFiles } from "./command-line.ts";
import { temporaryFolder } from "./io/temporary-folder.ts";

/** Nothing in it is dead, so nothing waits for anybody. */
const tidyOrchard = {
  ...smallOrchard,
  "src/apple.js": "/** Says whether an apple is ripe. */\nexport function ripe(days) {\n  return days > 120;\n}\n",
};

test("what a window has no room for goes on the next night where it stopped, before everything else", async () => {
  await using folder = await temporaryFolder();
  await operate(folder.path, ["plum", "pear"]);
  const first = await nightIn(folder.path, "2026-11-23", ({ stage }) => stage === "decide");
  expect(first.left).toEqual(["plum", "pear"]);
  expect(first.stages.slice(0, 4)).toEqual(["plum checkout", "plum mark", "plum find", "plum decide"]);
  const second = await nightIn(folder.path, "2026-11-24", () => false);
  expect(second.left).toEqual([]);
  // The mark and the find of the night before still hold.
  expect(second.stages.slice(0, 2)).toEqual(["plum decide", "plum sweep"]);
  const { repos, left } = await readNight(path.join(folder.path, "reports"), nightId("2026-11-23"));
  expect({ repos, left }).toEqual({ repos: [], left: ["plum", "pear"] });
});

test("no stage is begun that would not be done, and what is at work then is left", async () => {
  await using folder = await temporaryFolder();
  await operate(folder.path, ["plum"]);
  // The clock of this night stands still a moment before its end, and the mark has never taken less than that.
  const first = await nightIn(folder.path, "2026-11-23", () => false);
  expect(first.left).toEqual([]);
  await writeFiles(path.join(folder.path, "plum"), { "src/apple.js": `${tidyOrchard["src/apple.js"]}// riper\n` });
  await commitAll(path.join(folder.path, "plum"));
  const second = await nightIn(folder.path, "2026-11-24", () => false, "2026-11-25T05:59:59.999Z");
  expect(second.left).toEqual(["plum"]);
  expect(second.stages).toEqual([]);
});

test("a repository in which nothing changed costs a look, until it changes or the policy does", async () => {
  await using folder = await temporaryFolder();
  await operate(folder.path, ["plum"]);
  const run = async (day: string) => {
    const { code, stdout } = await nightsweep(["run", "--skip-unchanged"], {
      folder: folder.path,
      now: new Date(`2026-11-${day}T02:00:00Z`),
    });
    return { code, isSkipped: stdout.includes("plum: only looked at. nothing has changed since 2026-11-") };
  };
  expect(await run("23")).toEqual({ code: 0, isSkipped: false });
  expect(await run("24")).toEqual({ code: 0, isSkipped: true });
  await writeFiles(folder.path, { "policy.yaml": "version: 1\nname: nothing\ndefaultAction: report\n" });
  expect(await run("25")).toEqual({ code: 0, isSkipped: false });
  expect(await run("26")).toEqual({ code: 0, isSkipped: true });
  await writeFiles(path.join(folder.path, "plum"), { "src/apple.js": `${tidyOrchard["src/apple.js"]}// riper\n` });
  await commitAll(path.join(folder.path, "plum"));
  expect(await run("27")).toEqual({ code: 0, isSkipped: false });
});

/** A night from 22:00 to 06:00 that is closed when a stage is reached. */
async function nightIn(
  folder: string,
  day: string,
  closesAt: (now: { readonly stage: string }) => boolean,
  now = `${day}T23:00:00Z`,
) {
  const closing = new AbortController();
  const stages: string[] = [];
  const config = await loadConfig(undefined, folder);
  const { left } = await runNight({
    ...{ config, repositories: config.repositories, dryRun: false, currentDirectory: folder, environment: {} },
    signal: new AbortController().signal,
    now: () => new Date(now),
    terminal: {
      print: () => undefined,
      complain: () => undefined,
      progress: (progress) => {
        if (progress === null) return;
        stages.push(`${progress.repo} ${progress.stage}`);
        if (closesAt(progress)) closing.abort();
      },
    },
    window: {
      day,
      closes: new Date(Date.parse(`${day}T06:00:00Z`) + 86_400_000),
      leave: new AbortController().signal,
      closing: closing.signal,
    },
  });
  return { left, stages };
}

async function operate(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await plant(path.join(folder, name), tidyOrchard);
  await writeFiles(folder, {
    "daemon.config.ts": `export default ${JSON.stringify({ repositories: names, policy: "policy.yaml" })};\n`,
    "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n",
  });
}

async function commitAll(repository: string): Promise<void> {
  await plant(repository, {});
}
