import { join } from "node:path";
import type { Check, CheckRun } from "../core/check.ts";
import { NightsweepError } from "../core/errors.ts";
import { confineCheck, type Cage, type ToolFolders } from "../io/cage.ts";
import { exec, type Command, type CommandResult } from "../io/exec.ts";
import { temporaryDirectory } from "../io/files.ts";
import type { Mask } from "../io/mask.ts";
import { readTestReports, type TestResults } from "../io/test-report.ts";
import type { Excess } from "../io/watchdog.ts";
import type { Deadline } from "./deadline.ts";
import { reportInto } from "../io/test-reporters.ts";
import { plainText, readTestOutput } from "./test-output.ts";

/** Where checks are run, and how. */
export type Bench = {
  /** Absolute path of the work tree. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** For one check. */
  readonly timeoutMs: number;
  /** For all of them. */
  readonly deadline: Deadline;
  readonly mask: Mask;
  readonly signal: AbortSignal;
  readonly cage: Cage;
  readonly tools: ToolFolders;
  /** The folders of installed packages, which no check changes for another tree. */
  readonly modules: readonly string[];
  /** Where to keep what checks of the tree that is in place write into packages; null: they cannot. */
  readonly layers: string | null;
};

/** One run of a check, with what is needed to judge it and never recorded. */
export type DetailedRun = {
  readonly run: CheckRun;
  /** The whole output, without colours. */
  readonly output: string;
  readonly results: TestResults | null;
};

const tailLines = 60;

/** Runs one check in the work tree as it stands. Only an interruption is thrown: every other end is an answer. */
export async function runCheck(check: Check, bench: Bench): Promise<DetailedRun> {
  await using folder = await temporaryDirectory("nightsweep-report-");
  const isTest = check.kind === "test";
  const env = { ...bench.environment, ...(isTest ? await reportInto(folder.path) : {}) };
  const cwd = join(bench.directory, check.directory);
  const ended = await start({ command: check.command, cwd, env }, folder.path, bench);
  if (ended instanceof NightsweepError) return couldNotStart(check, ended, bench);
  const excess = ended.exceeded === null ? "" : `\nnightsweep ended it: ${excesses[ended.exceeded]}`;
  const output = plainText(`${ended.stdout}\n${ended.stderr}${excess}`).replaceAll(folder.path, "tmp").trim();
  const reported = isTest ? await readTestReports(folder.path, bench.directory) : null;
  const results = reported ?? (isTest ? readTestOutput(output) : null);
  const run: CheckRun = {
    check: check.name,
    kind: check.kind,
    result: resultOf(ended),
    exitCode: ended.exitCode,
    ms: ended.ms,
    tests: results === null ? null : { passed: results.passed, failed: results.failed, skipped: results.skipped },
    failedTests: (results?.failedTests ?? []).map(bench.mask),
    tail: bench.mask(output.split("\n").slice(-tailLines).join("\n")),
  };
  return { run, output, results };
}

/** Who waits in vain has not ended in time. */
function resultOf({ timedOut, exceeded, exitCode }: CommandResult): CheckRun["result"] {
  if (timedOut || exceeded === "limits.idleMinutes") return "timed-out";
  return exitCode === 0 ? "passed" : "failed";
}

const excesses = {
  "limits.memoryMegabytes": "more than limits.memoryMegabytes allows",
  "limits.diskMegabytes": "more than limits.diskMegabytes allows",
  "limits.idleMinutes": "it waited for longer than limits.idleMinutes, without a word and without work",
} as const satisfies Record<Excess, string>;

async function start(
  command: Pick<Command, "command" | "cwd" | "env">,
  report: string,
  bench: Bench,
): Promise<CommandResult | NightsweepError> {
  const { deadline, signal, directory, cage, tools, modules, layers } = bench;
  const confinement = await confineCheck(cage, directory, { ...tools, modules, layers, writable: [report] });
  const timeoutMs = Math.max(1, Math.min(bench.timeoutMs, deadline.leftMs()));
  try {
    return await exec({ ...command, timeoutMs, signal, confinement });
  } catch (error) {
    if (error instanceof NightsweepError && error.code === "COMMAND_UNAVAILABLE") return error;
    throw error;
  }
}

function couldNotStart(check: Check, error: NightsweepError, bench: Bench): DetailedRun {
  const nothing = { exitCode: null, ms: 0, tests: null, failedTests: [] };
  const tail = bench.mask(error.message);
  const run: CheckRun = { check: check.name, kind: check.kind, result: "could-not-start", ...nothing, tail };
  return { run, output: tail, results: null };
}
