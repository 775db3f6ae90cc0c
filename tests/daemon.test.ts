import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runDaemon } from "../src/daemon.ts";
import type { Logger } from "../src/io/log.ts";
import { keepTime } from "../src/io/schedule.ts";

const schedule = { cron: "0 1 * * *", timeZone: "UTC" };

describe("the daemon", () => {
  test("leaves a time out while a night is at work, and waits for that night before it stops", async () => {
    const messages: string[] = [];
    const controller = new AbortController();
    const night = Promise.withResolvers<undefined>();
    let strike = (): Promise<void> => Promise.resolve();
    const running = runDaemon({
      schedule,
      keepTime: (_, onStrike) => {
        strike = onStrike;
        return { next: () => null, stop: () => Promise.resolve() };
      },
      tellFailure: () => Promise.resolve(),
      runNight: () => night.promise.then(() => ({ night: "2026-11-23", stopped: 0 })),
      logger: loggerTo(messages),
      signal: controller.signal,
    });
    const first = strike();
    await strike();
    controller.abort();
    night.resolve(undefined);
    await Promise.all([first, running]);
    expect(messages).toEqual([
      "The daemon waits for the night",
      "The night begins",
      "A night is still at work: this time is left out",
      "The daemon was asked to stop",
      "The night is over",
      "Waiting for the next night",
      "The daemon stopped",
    ]);
  });

  test("tells of a night that failed, and goes on after it", async () => {
    const messages: string[] = [];
    const told: string[] = [];
    const controller = new AbortController();
    let strike = (): Promise<void> => Promise.resolve();
    const running = runDaemon({
      schedule,
      keepTime: (_, onStrike) => {
        strike = onStrike;
        return { next: () => null, stop: () => Promise.resolve() };
      },
      runNight: () => Promise.reject(new Error("frost")),
      tellFailure: ({ message }) => {
        told.push(message);
        return Promise.resolve();
      },
      logger: loggerTo(messages),
      signal: controller.signal,
    });
    await strike();
    await strike();
    controller.abort();
    await running;
    expect(messages.filter((message) => message === "The night failed")).toHaveLength(2);
    expect(told).toEqual(["frost", "frost"]);
  });

  test("keeps the time of its zone", async () => {
    const timetable = keepTime({ cron: "30 1 * * *", timeZone: "Europe/Berlin" }, () => Promise.resolve());
    const next = timetable.next();
    await timetable.stop();
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" });
    expect(next === null ? null : clock.format(next)).toBe("01:30");
  });

  test("ends cleanly on SIGTERM", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-daemon-"));
    await writeFile(path.join(folder, "daemon.config.ts"), "export default { repositories: ['orchard'] }");
    const cli = path.resolve(import.meta.dirname, "..", "src", "cli.ts");
    const daemon = spawn(process.execPath, [cli, "daemon"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    daemon.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (text.includes("The daemon waits for the night")) daemon.kill("SIGTERM");
    });
    expect(await once(daemon, "exit")).toEqual([0, null]);
    expect(output.trimEnd().split("\n").at(-1)).toContain("The daemon stopped");
    await rm(folder, { recursive: true });
  });
});

function loggerTo(messages: string[]): Logger {
  const log = (_: object, message: string): void => {
    messages.push(message);
  };
  return { error: log, warn: log, info: log, debug: log };
}
