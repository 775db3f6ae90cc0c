import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { configSchema } from "../src/core/config.ts";
import { NightsweepError } from "../src/core/errors.ts";
import { runDaemon, type DaemonWorld } from "../src/daemon.ts";
import type { LoadedConfig } from "../src/io/config-file.ts";
import type { Logger } from "../src/io/log.ts";
import type { NightEnd } from "../src/io/night-process.ts";

const noon = new Date("2026-11-23T12:00:00Z");
const midnight = new Date("2026-11-24T00:00:00Z");

describe("the daemon", () => {
  test("asks a night at work to leave, and waits for it before it stops", async () => {
    const { world, messages, controller, night } = stage({ now: midnight });
    const running = runDaemon({
      ...world,
      startNight: () => ({
        leave: () => {
          night.resolve({ kind: "interrupted" });
        },
        close: () => undefined,
        kill: () => undefined,
        ended: night.promise,
      }),
    });
    await settled();
    controller.abort();
    await running;
    expect(messages).toEqual([
      "The daemon keeps watch",
      "The night begins",
      "The daemon was asked to stop",
      "The night was left at a boundary; it goes on after the next start",
      "The daemon stopped",
    ]);
  });

  test("tells once of a night that keeps failing, and tries it again later and later", async () => {
    const { world, messages, told, controller, strike, setNow } = stage({ now: midnight });
    const failing = { ended: Promise.resolve({ kind: "failed" as const, error: frost }), ...idle };
    const running = runDaemon({ ...world, startNight: () => failing });
    const minutes = Array.from({ length: 60 }, (_, minute) => minute);
    for (const minute of minutes) {
      setNow(new Date(midnight.getTime() + minute * 60_000));
      await strike();
      await settled();
    }
    controller.abort();
    await running;
    // At once, then after 5, 10, 20 and (not yet) 40 minutes.
    expect(messages.filter((message) => message === "The night failed")).toHaveLength(4);
    expect(told).toEqual(["frost"]);
  });

  test("keeps to the last good configuration while the file is broken, and says so once", async () => {
    const { world, messages, controller, strike } = stage({ now: noon });
    let config: () => LoadedConfig = () => configOf("22:00-06:00");
    const running = runDaemon({ ...world, readConfig: async () => Promise.resolve().then(() => config()) });
    await settled();
    config = () => {
      throw new NightsweepError("CONFIG_INVALID", "daemon.config.ts");
    };
    await strike();
    await strike();
    config = () => configOf("11:00-13:00");
    await strike();
    controller.abort();
    await running;
    expect(messages.slice(1, 4)).toEqual([
      "The configuration is broken: the last good one stays in force",
      "The configuration was read again",
      "The night begins",
    ]);
  });

  test("closes a night whose window is over, and ends it by force when it does not hear", async () => {
    const { world, controller, strike, setNow, night } = stage({ now: midnight });
    const calls: string[] = [];
    const call = (name: string) => () => {
      calls.push(name);
    };
    const running = runDaemon({
      ...world,
      startNight: () => ({
        leave: () => {
          night.resolve({ kind: "interrupted" });
        },
        close: call("close"),
        kill: call("kill"),
        ended: night.promise,
      }),
    });
    await settled();
    for (const time of ["05:59", "06:00", "06:15", "06:16"]) {
      calls.push(time);
      setNow(new Date(`2026-11-24T${time}Z`));
      await strike();
    }
    controller.abort();
    await running;
    expect(calls).toEqual(["05:59", "06:00", "close", "06:15", "close", "06:16", "close", "kill"]);
  });

  test("ends cleanly on SIGTERM", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-daemon-"));
    await writeFile(path.join(folder, "daemon.config.ts"), "export default { repositories: ['orchard'] }");
    const daemon = spawn(process.execPath, [cli, "daemon"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    daemon.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("The daemon keeps watch")) daemon.kill("SIGTERM");
    });
    expect(await once(daemon, "exit")).toEqual([0, null]);
    expect(output.trimEnd().split("\n").at(-1)).toContain("The daemon stopped");
    await rm(folder, { recursive: true });
  });

  test("is the only one of its state folder, and hears while a night cannot", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-daemon-"));
    // The night, which alone has a channel to its parent, blocks its process until somebody answers for it.
    const blocked = `import { existsSync, writeFileSync } from "node:fs";
      if (process.argv[1].includes("night-child")) {
        writeFileSync("blocked", "");
        while (!existsSync("released"));
      }`;
    await writeFile(path.join(folder, "block.mjs"), blocked);
    await writeFile(
      path.join(folder, "daemon.config.ts"),
      "export default { repositories: ['orchard'], schedule: { window: '00:00-00:00' } }",
    );
    const start = (environment: object, ...words: string[]) =>
      spawn(process.execPath, [cli, "daemon", ...words], { cwd: folder, env: { ...process.env, ...environment } });
    const daemon = start({ NODE_OPTIONS: `--import=${path.join(folder, "block.mjs")}` }, "--port", "0");
    const url = await said(daemon, /"url":"([^"]+)"/);
    await said(daemon, /The night begins/);
    const second = start({});
    expect(await once(second, "exit")).toEqual([1, null]);
    const health = await fetch(new URL("healthz", url));
    expect(await health.text()).toBe("ok\n");
    await writeFile(path.join(folder, "released"), "");
    await said(daemon, /The night is over/);
    expect(await readFile(path.join(folder, "blocked"), "utf8")).toBe("");
    daemon.kill("SIGTERM");
    expect(await once(daemon, "exit")).toEqual([0, null]);
    await rm(folder, { recursive: true });
  });
});

const cli = path.resolve(import.meta.dirname, "..", "src", "cli.ts");
const frost = { code: "UNEXPECTED", message: "frost", advice: "" } as const;
const idle = { leave: () => undefined, close: () => undefined, kill: () => undefined };

/** A daemon's world with a clock that the test sets, in a window from 22:00 to 06:00 in UTC. */
function stage({ now: first }: { readonly now: Date }) {
  let now = first;
  let onStrike = (): Promise<void> => Promise.resolve();
  const messages: string[] = [];
  const told: string[] = [];
  const controller = new AbortController();
  const night = Promise.withResolvers<NightEnd>();
  const world: DaemonWorld = {
    keepTime: (strike) => {
      onStrike = strike;
      return { stop: () => Promise.resolve() };
    },
    readConfig: () => Promise.resolve(configOf("22:00-06:00")),
    lastNight: () => Promise.resolve(null),
    startNight: () => ({ ...idle, ended: Promise.resolve({ kind: "interrupted" }) }),
    everyMinute: () => Promise.resolve(),
    tellFailure: ({ message }) => {
      told.push(message);
      return Promise.resolve();
    },
    now: () => now,
    logger: loggerTo(messages),
    signal: controller.signal,
  };
  const setNow = (time: Date): void => {
    now = time;
  };
  return { world, messages, told, controller, night, strike: () => onStrike(), setNow };
}

function configOf(window: string): LoadedConfig {
  const config = configSchema.parse({ repositories: ["orchard"], schedule: { window } });
  return { ...config, file: null, directory: "", repositories: [] };
}

/** Everything that waits for nothing but its turn has had it. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Waits until a process has printed what matches, and gives what the first group of the pattern is. */
async function said(child: ReturnType<typeof spawn>, pattern: RegExp): Promise<string> {
  const heard = outputs.get(child) ?? listenTo(child);
  for (;;) {
    const match = pattern.exec(heard.text);
    if (match !== null) return match[1] ?? "";
    await once(child.stdout ?? child, "data");
  }
}

const outputs = new Map<object, { text: string }>();

function listenTo(child: ReturnType<typeof spawn>): { text: string } {
  const heard = { text: "" };
  outputs.set(child, heard);
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    heard.text += text;
  });
  child.stderr?.resume();
  return heard;
}

function loggerTo(messages: string[]): Logger {
  const log = (_: object, message: string): void => {
    messages.push(message);
  };
  return { error: log, warn: log, info: log, debug: log };
}
