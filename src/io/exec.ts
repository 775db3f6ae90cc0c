import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import type { Readable } from "node:stream";
import { NightsweepError } from "../core/errors.ts";
import { prepareCell } from "./cell.ts";
import { endProcesses, findLeftovers, killGroup, runMarker } from "./processes.ts";
import type { Confinement } from "./sandbox.ts";
import { watchUse, type Excess } from "./watchdog.ts";

/** A program to run: words, never a shell string. */
export type Command = {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the allow-list; HOME and TMPDIR are private folders of the run unless they are given here. */
  readonly env?: Readonly<Record<string, string>>;
  /** Left out only for programs of the machine that read nothing of a repository: foreign code has to have one. */
  readonly confinement?: Confinement | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Kept from the end of each of the two streams; the default is 4 MiB. */
  readonly maxOutputBytes?: number;
  readonly input?: string;
};

/** How a foreign program ended; `exitCode` is null when a signal ended it. */
export type CommandResult = {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The resource of which it used more than it may, for which it was ended. */
  readonly exceeded: Excess | null;
  readonly outputCut: boolean;
  /** Hosts (`name:port`) that it asked for and may not reach. */
  readonly refusedHosts: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
};

/** For the end of a container whose client is gone. */
const farewellMs = 60_000;

const inherited = [
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "GIT_SSL_CAINFO",
  "CURL_CA_BUNDLE",
  "REQUESTS_CA_BUNDLE",
];

/**
 * Runs a program in its own process group with an environment made from an allow-list. The whole group is
 * killed on a timeout, on an abort and after the program ended, so nothing that it started in the background survives.
 * Throws COMMAND_UNAVAILABLE when the program is missing and INTERRUPTED when the signal aborts.
 */
export async function exec(command: Command): Promise<CommandResult> {
  refuseAborted(command);
  const marker = `${process.pid}-${randomUUID()}`;
  const own = inheritedEnvironment();
  await using cell = await prepareCell({ ...command, inherited: [...Object.keys(own), runMarker] });
  const env = { PATH: foreignPath(), ...own, ...cell.env, [runMarker]: marker };
  const [program, ...words] = cell.words;
  const began = performance.now();
  const child = spawn(program, words, {
    cwd: command.cwd,
    env,
    detached: true,
    stdio: [command.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const stdout = keepTail(child.stdout, command.maxOutputBytes);
  const stderr = keepTail(child.stderr, command.maxOutputBytes);
  const printed = (): number => stdout.size() + stderr.size();
  const ended = await endOf(child, command, { marker, folder: cell.folder, printed });
  if (cell.farewell !== null) await exec({ command: cell.farewell, cwd: "/", timeoutMs: farewellMs });
  refuseAborted(command);
  return {
    ...ended,
    refusedHosts: cell.refusedHosts(),
    outputCut: stdout.cut() || stderr.cut(),
    stdout: stdout.text(),
    stderr: stderr.text(),
    ms: Math.round(performance.now() - began),
  };
}

/**
 * The PATH for foreign programs: the Node that runs us first, without the `node_modules/.bin` folders that npm put
 * there for us, or a repository without a tool of its own would silently be checked with ours.
 */
export function foreignPath(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const own = folders.filter((folder) => folder !== "" && !/node_modules[\\/]\.bin[\\/]?$/.test(folder));
  return [dirname(process.execPath), ...own].join(delimiter);
}

function refuseAborted({ command, signal }: Command): void {
  if (signal?.aborted === true) throw new NightsweepError("INTERRUPTED", command.join(" "));
}

function inheritedEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

async function endOf(
  child: ChildProcess,
  command: Command,
  run: { readonly marker: string; readonly folder: string; readonly printed: () => number },
): Promise<Pick<CommandResult, "exitCode" | "timedOut" | "exceeded">> {
  const outcome: { timedOut: boolean; exceeded: Excess | null } = { timedOut: false, exceeded: null };
  const kill = (): void => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  const timer = setTimeout(() => {
    outcome.timedOut = true;
    kill();
  }, command.timeoutMs);
  const watch = watchUse({ ...run, leader: child.pid, confinement: command.confinement }, (excess) => {
    outcome.exceeded = excess;
    kill();
  });
  command.signal?.addEventListener("abort", kill, { once: true });
  if (command.signal?.aborted === true) kill();
  try {
    const closed = new Promise<void>((resolve) => child.once("close", resolve));
    const exitCode = await exitOf(child, command);
    await endRun(child, run.marker, closed);
    return { ...outcome, exitCode: outcome.timedOut || outcome.exceeded !== null ? null : exitCode };
  } finally {
    clearTimeout(timer);
    watch[Symbol.dispose]();
    command.signal?.removeEventListener("abort", kill);
  }
}

async function exitOf(child: ChildProcess, command: Command): Promise<number | null> {
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", (cause: NodeJS.ErrnoException) => {
      if (!existsSync(command.cwd)) reject(cause);
      else if (cause.code === "ENOENT" || cause.code === "EACCES")
        reject(new NightsweepError("COMMAND_UNAVAILABLE", command.command[0], { cause }));
      else reject(cause);
    });
  });
  if (command.input !== undefined && child.stdin !== null) {
    // A program that ends without reading its input closes the pipe: its exit code says what happened.
    child.stdin.on("error", () => undefined);
    child.stdin.end(command.input);
  }
  return exited;
}

/** Ends what the program left behind; a child with a session of its own is found by the marker in its environment. */
async function endRun(child: ChildProcess, marker: string, closed: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  killGroup(child.pid);
  await endProcesses(await findLeftovers({ group: child.pid, marker }));
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref());
  await Promise.race([closed, patience]);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

type Tail = {
  readonly text: () => string;
  readonly cut: () => boolean;
  /** Bytes that came, kept or not. */
  readonly size: () => number;
};

function keepTail(stream: Readable | null, maxBytes = 4 * 1024 * 1024): Tail {
  let chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  let came = 0;
  const shrink = (): void => {
    const whole = Buffer.concat(chunks);
    cut ||= whole.length > maxBytes;
    chunks = [whole.subarray(Math.max(0, whole.length - maxBytes))];
    size = Math.min(size, maxBytes);
  };
  stream?.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    came += chunk.length;
    // Shrinking at twice the limit copies each byte once on average, instead of the whole tail for each chunk.
    if (size > 2 * maxBytes) shrink();
  });
  return {
    text: () => {
      shrink();
      return chunks.map((chunk) => chunk.toString("utf8")).join("");
    },
    cut: () => cut || size > maxBytes,
    size: () => came,
  };
}
