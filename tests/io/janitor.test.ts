import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { clearAfterTheDead } from "../../src/io/janitor.ts";
import { isRunning } from "../../src/io/processes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A run that starts something foreign, tells its process id, and waits. */
const run = `const { exec } = await import(process.argv[1]);
const { temporaryWorkFolder } = await import(process.argv[2]);
await temporaryWorkFolder("orchard");
void exec({ command: ["sh", "-c", "echo $$ > " + process.env.PID_FILE + "; while true; do sleep 1; done"], cwd: "/", env: {}, timeoutMs: 60_000 });`;

it("ends the processes and removes the folders of a run that was killed, and no others", async () => {
  await using folder = await temporaryFolder();
  const temporary = join(folder.path, "tmp");
  const state = join(folder.path, "state");
  await mkdir(temporary);
  await mkdir(join(state, "mirrors", `orchard.${process.pid}.new`), { recursive: true });
  vi.stubEnv("TMPDIR", temporary);
  const pidFile = join(folder.path, "pid");
  const modules = ["exec.ts", "files.ts"].map((name) => join(import.meta.dirname, "../../src/io", name));
  const child = spawn(process.execPath, ["--input-type=module", "-e", run, ...modules], {
    env: { ...process.env, PID_FILE: pidFile },
    stdio: "ignore",
  });
  const foreign = await vi.waitFor(
    async () => {
      const id = Number(await readFile(pidFile, "utf8"));
      expect(id).toBeGreaterThan(0);
      return id;
    },
    { timeout: 20_000 },
  );
  await mkdir(join(state, "toolchain", `pnpm-10.${child.pid ?? 0}.new`), { recursive: true });
  expect(await clearAfterTheDead(state)).toEqual({ processes: 0, folders: [] });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isRunning(foreign)).toBe(true);
  const cleared = await clearAfterTheDead(state);
  expect(cleared.processes).toBeGreaterThan(0);
  expect(cleared.folders.map((name) => name.replace(/-?\d+.*/, "")).toSorted()).toEqual([
    "nightsweep-run",
    "orchard",
    "pnpm",
  ]);
  expect(isRunning(foreign)).toBe(false);
  expect((await readdir(temporary, { recursive: true })).filter((name) => /\d+-/.test(name))).toEqual([]);
  expect(await readdir(join(state, "mirrors"))).toEqual([`orchard.${process.pid}.new`]);
});
