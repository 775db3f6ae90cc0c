import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exec, type Command } from "../../src/io/exec.ts";
import { endProcesses, findLeftovers, isRunning } from "../../src/io/processes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function script(text: string, more: Partial<Command> = {}): Command {
  return { command: [process.execPath, "-e", text], cwd: process.cwd(), timeoutMs: 20_000, ...more };
}

/** Starts a child that would outlive its parent; `detached` gives it a session and a group of its own. */
function leaveBehind(file: string, detached: boolean): string {
  const child = "setInterval(() => {}, 1000); process.on('SIGTERM', () => {})";
  return `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { detached: ${detached}, stdio: 'inherit' });
    require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid)); child.unref();`;
}

describe("exec", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("returns both streams and the exit code", async () => {
    const result = await exec(script("console.log('plum'); console.error('pit'); process.exitCode = 3"));
    expect(result).toMatchObject({ exitCode: 3, timedOut: false, outputCut: false, stdout: "plum\n", stderr: "pit\n" });
  });

  it("hands on the input", async () => {
    const result = await exec(script("process.stdin.pipe(process.stdout)", { input: "pear\n" }));
    expect(result.stdout).toBe("pear\n");
  });

  it("lets no token through, and gives a private home that is gone afterwards", async () => {
    vi.stubEnv("GITHUB_TOKEN", "ghp_0123456789abcdefghij");
    vi.stubEnv("HTTPS_PROXY", "http://user:secret@127.0.0.1:1");
    vi.stubEnv("PATH", `/somewhere/node_modules/.bin:${process.env["PATH"] ?? ""}`);
    const list = "for (const name in process.env) console.log(name + '=' + process.env[name])";
    const result = await exec(script(list, { env: { FRUIT: "plum" } }));
    const home = /^HOME=(.*)$/m.exec(result.stdout)?.[1] ?? "";
    expect(result.stdout).not.toMatch(/GITHUB_TOKEN|HTTPS_PROXY|secret|node_modules\/\.bin/);
    expect(result.stdout).toContain("FRUIT=plum\n");
    expect(result.stdout).toContain(`TMPDIR=${dirname(home)}/`);
    expect(home).not.toBe(process.env["HOME"]);
    expect(existsSync(home)).toBe(false);
  });

  it.each([
    ["in its group", false],
    ["in a session of its own", true],
  ])("kills what a program leaves behind %s", async (_where, detached) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "pid");
    const result = await exec(script(leaveBehind(file, detached)));
    expect(result.exitCode).toBe(0);
    expect(isRunning(Number(await readFile(file, "utf8")))).toBe(false);
  });

  it("kills the whole group on a timeout", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "pid");
    const hang = `${leaveBehind(file, false)} process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
    const result = await exec(script(hang, { timeoutMs: 700 }));
    expect(result).toMatchObject({ exitCode: null, timedOut: true });
    expect(isRunning(Number(await readFile(file, "utf8")))).toBe(false);
  });

  it("keeps the end of a long output and says that it was cut", async () => {
    const text = "for (let i = 0; i < 20000; i++) console.log('plum ' + i)";
    const result = await exec(script(text, { maxOutputBytes: 1000 }));
    expect(result.outputCut).toBe(true);
    expect(result.stdout).toHaveLength(1000);
    expect(result.stdout.endsWith("plum 19999\n")).toBe(true);
  });

  it("stops at once when the night is interrupted", async () => {
    const controller = new AbortController();
    const running = exec(script("setInterval(() => {}, 1000)", { signal: controller.signal }));
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
    await expect(exec(script("", { signal: controller.signal }))).rejects.toMatchObject({ code: "INTERRUPTED" });
  });

  it("names a program that is not there", async () => {
    const missing: Command = { command: ["plum-picker"], cwd: process.cwd(), timeoutMs: 1000 };
    await expect(exec(missing)).rejects.toMatchObject({ code: "COMMAND_UNAVAILABLE", message: /plum-picker/ });
  });
});

describe("findLeftovers", () => {
  it("finds nothing for a run that never was", async () => {
    const ids = await findLeftovers({ group: 2 ** 30, marker: "no-such-run" });
    await endProcesses(ids);
    expect(ids).toEqual([]);
  });
});
