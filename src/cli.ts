#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { createDaemonCommand } from "./commands/daemon.ts";
import { createDigestCommand } from "./commands/digest.ts";
import { createDoctorCommand } from "./commands/doctor.ts";
import { createInitCommand } from "./commands/init.ts";
import { createExplainCommand } from "./commands/explain.ts";
import { createNewPassCommand } from "./commands/new-pass.ts";
import { createPolicyCommand } from "./commands/policy.ts";
import { createReplayCommand } from "./commands/replay.ts";
import { createUndoCommand } from "./commands/undo.ts";
import { createReportCommand } from "./commands/report.ts";
import { createRootsCommand } from "./commands/roots.ts";
import { createRunCommand } from "./commands/run.ts";
import { createServeCommand } from "./commands/serve.ts";
import { createTryCommand } from "./commands/try.ts";
import { createWorkerCommand } from "./commands/worker.ts";
import { toErrorRecord, type ErrorRecord } from "./core/errors.ts";
import { cacheFolder } from "./io/cache-folder.ts";
import { createCommand, examples, runProgram, usageExitCode } from "./io/command-line.ts";
import { readVersion } from "./io/own-package.ts";
import { createTerminal } from "./io/terminal.ts";
import type { ExitCode, Session } from "./session.ts";

/** What the command line needs of its process; tests bring their own. */
type Host = Omit<Session, "finish">;

/** Codes that mean that the words or the configuration are wrong, not the repository. */
const usageCodes: ReadonlySet<ErrorRecord["code"]> = new Set([
  "USAGE",
  "CONFIG_INVALID",
  "CONFIG_UNREADABLE",
  "POLICY_INVALID",
  "TOKEN_MISSING",
  "TOKEN_CLASSIC",
]);

/** Runs one command line and says how the process should end. */
export async function main(words: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const session: Session = {
    ...host,
    finish: (code) => {
      exitCode = code;
    },
  };
  try {
    await runProgram(createProgram(session), words, host.terminal);
    return exitCode;
  } catch (error) {
    const usage = usageExitCode(error);
    if (usage !== null) return usage;
    const record = toErrorRecord(error);
    complain(host, record, error);
    return usageCodes.has(record.code) ? 2 : 1;
  } finally {
    host.terminal.progress(null);
  }
}

function createProgram(session: Session) {
  const program = createCommand("nightsweep")
    .description("A nightly garbage collector for TypeScript and JavaScript repositories.")
    .version(readVersion())
    .addHelpText("after", examples(["nightsweep try .", "nightsweep run --dry-run", "nightsweep doctor"]));
  const commands = [
    createInitCommand,
    createRunCommand,
    createTryCommand,
    createExplainCommand,
    createRootsCommand,
    createReportCommand,
    createServeCommand,
    createReplayCommand,
    createUndoCommand,
    createPolicyCommand,
    createDaemonCommand,
    createDigestCommand,
    createWorkerCommand,
    createDoctorCommand,
    createNewPassCommand,
  ];
  for (const create of commands) program.addCommand(create(session));
  return program;
}

function complain({ terminal, environment }: Host, record: ErrorRecord, error: unknown): void {
  terminal.complain(`error: ${record.message}`);
  if (record.detail !== undefined) terminal.complain(record.detail);
  terminal.complain(record.advice);
  const debugging = environment["NIGHTSWEEP_DEBUG"] !== undefined;
  if (debugging && error instanceof Error) terminal.complain(error.stack ?? error.message);
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** The first signal ends the work at the next boundary of a stage, the second one at once. */
function listenForSignals(): AbortSignal {
  const controller = new AbortController();
  for (const [name, number] of [["SIGINT", 2] as const, ["SIGTERM", 15] as const])
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(128 + number);
      controller.abort();
    });
  return controller.signal;
}

if (import.meta.main) {
  // What a command loads when it is called is compiled once. Where the folder cannot be written it is compiled anew.
  enableCompileCache(path.join(cacheFolder(process.env), "compiled"));
  process.exitCode = await main(process.argv.slice(2), {
    terminal: createTerminal(process),
    currentDirectory: process.cwd(),
    environment: process.env,
    signal: listenForSignals(),
    now: () => new Date(),
    ...(process.stdin.isTTY ? { ask } : {}),
  });
}
