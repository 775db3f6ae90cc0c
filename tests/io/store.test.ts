import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import { lockState } from "../../src/io/database.ts";
import { openSqlite } from "../../src/io/sqlite.ts";
import {
  beginNight,
  finishedSteps,
  finishNight,
  finishRepo,
  finishStep,
  listNights,
  openStore,
  pendingRepos,
  startRepo,
} from "../../src/io/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const pear = repoKey("orchard/pear");
const plum = repoKey("orchard/plum");
const day = "2026-11-23";
const now = "2026-11-23T01:00:00.000Z";
const later = "2026-11-23T02:00:00.000Z";
const plan = {
  day,
  now,
  dryRun: false,
  configHash: "fig",
  repos: [
    { repo: plum, location: "../plum" },
    { repo: pear, location: "../pear" },
  ],
};

test("a schema that could not be made whole is not made at all", async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "nightsweep.sqlite");
  const execute = (text: string): void => {
    const sqlite = openSqlite(file, 0);
    sqlite.exec(text);
    sqlite.close();
  };
  execute("create table turn (plum text)");
  await expect(openStore(folder.path)).rejects.toMatchObject({ code: "STATE_INVALID", detail: /turn/ });
  execute("drop table turn");
  await using store = await openStore(folder.path);
  expect(await listNights(store)).toEqual([]);
});

describe("a night", () => {
  test("is resumed on the same day until it is finished, then gets a number", async () => {
    await using folder = await temporaryFolder();
    await using store = await openStore(folder.path);
    const begin = async (change: object) => beginNight(store, { ...plan, ...change });
    expect(await begin({})).toEqual({ night: day, startedAt: now, resumed: false });
    expect(await begin({ now: later })).toEqual({ night: day, startedAt: now, resumed: true });
    await finishNight(store, (await begin({})).night, later);
    expect(await begin({ now: later })).toEqual({ night: `${day}.2`, startedAt: later, resumed: false });
    expect(await begin({ dryRun: true })).toMatchObject({ night: `${day}.3`, resumed: false });
    expect(await begin({ dryRun: true, configHash: "date" })).toMatchObject({ night: `${day}.4`, resumed: false });
    expect(await begin({ dryRun: true, configHash: "date" })).toMatchObject({ night: `${day}.4`, resumed: true });
    expect(await begin({ day: "2026-11-24" })).toMatchObject({ night: "2026-11-24", resumed: false });
  });

  test("knows after a restart what is left to do", async () => {
    await using folder = await temporaryFolder();
    {
      await using store = await openStore(folder.path);
      const { night } = await beginNight(store, plan);
      expect(await pendingRepos(store, night)).toEqual([plum, pear]);
      await startRepo(store, { night, repo: plum, now, fingerprint: "fig" });
      await finishStep(store, { night, repo: plum, stage: "checkout", ms: 12.4, now });
      await finishRepo(store, { night, repo: plum, now: later });
      await startRepo(store, { night, repo: pear, fingerprint: "fig", now });
      await finishStep(store, { night, repo: pear, stage: "checkout", ms: 3, now });
      await finishStep(store, { night, repo: pear, stage: "mark", ms: 5, now });
      await finishStep(store, { night, repo: pear, stage: "mark", ms: 7, now: later });
    }
    await using store = await openStore(folder.path);
    const { night, resumed } = await beginNight(store, plan);
    expect(resumed).toBe(true);
    expect(await pendingRepos(store, night)).toEqual([pear]);
    expect(await finishedSteps(store, night, pear)).toEqual({ checkout: 3, mark: 7 });
    const error = { code: "INSTALL_FAILED", message: "npm ci failed", advice: "Run it.", detail: "last line" } as const;
    await finishRepo(store, { night, repo: pear, now: later, stopped: { stage: "find", error } });
    expect(await pendingRepos(store, night)).toEqual([]);
    await finishNight(store, night, later);
    expect(await listNights(store)).toEqual([
      {
        night: day,
        startedAt: now,
        finishedAt: later,
        dryRun: false,
        repos: [
          { repo: plum, location: "../plum", state: "settled", stage: "checkout", error: null },
          { repo: pear, location: "../pear", state: "stopped", stage: "find", error },
        ],
      },
    ]);
    expect(await beginNight(store, plan)).toMatchObject({ night: `${day}.2` });
  });

  test("begins without a repository", async () => {
    await using folder = await temporaryFolder();
    await using store = await openStore(folder.path);
    const { night } = await beginNight(store, { ...plan, repos: [] });
    expect(await pendingRepos(store, night)).toEqual([]);
  });
});

describe("the state folder", () => {
  test("is one night's at a time", async () => {
    await using folder = await temporaryFolder();
    const lock = lockState(folder.path);
    expect(() => lockState(folder.path)).toThrow("Another night is running");
    lock[Symbol.dispose]();
    lockState(folder.path)[Symbol.dispose]();
  });

  test("is free again when the process that held it was killed", async () => {
    await using folder = await temporaryFolder();
    const script = `import { lockState } from ${JSON.stringify(new URL("../../src/io/database.ts", import.meta.url).href)};
      globalThis.held = lockState(process.argv[1]); console.log("held"); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ["--input-type=module-typescript", "--eval", script, folder.path]);
    await once(holder.stdout, "data");
    expect(() => lockState(folder.path)).toThrow("Another night is running");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    lockState(folder.path)[Symbol.dispose]();
  });

  test("says so when its file is damaged", async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.path, { recursive: true });
    await writeFile(join(folder.path, "nightsweep.sqlite"), "a pear is not a database".repeat(300));
    await expect(openStore(folder.path)).rejects.toMatchObject({ code: "STATE_INVALID" });
  });

  test("is opened by two processes at once", async () => {
    await using folder = await temporaryFolder();
    await using one = await openStore(folder.path);
    await using two = await openStore(folder.path);
    const { night } = await beginNight(one, plan);
    expect(await pendingRepos(two, night)).toEqual([plum, pear]);
  });
});
