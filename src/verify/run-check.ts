import { join } from "node:path";
import type { Check, CheckRun } from "../core/check.ts";
import { NightsweepError } from "../core/errors.ts";
import { confineCheck, type Cage, type ToolFolders } from "../io/cage.ts";
import { exec, type CommandResult } from "../io/exec.ts";
import { temporaryDirectory } from "../io/files.ts";
import { readForeignText } from "../io/foreign-file.ts";
import type { Mask } from "../io/mask.ts";
import { readTestReport, type TestResults } from "../io/test-report.ts";
import { plainText, readTestOutput } from "./test-output.ts";
import { reportingCommand } from "./test-runner.ts";

/** Where checks are run, and how. */
export type Bench = {
  /** Absolute path of the work tree. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
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
  const name = "tests.json";
  const report = join(folder.path, name);
  const cwd = join(bench.directory, check.directory);
  const manifest = await readForeignText(bench.directory, join(check.directory, "package.json"));
  const reporting = reportingCommand(check, manifest, report);
  const ended = await start(reporting ?? check.command, { cwd, report: folder.path }, bench);
  if (ended instanceof NightsweepError) return couldNotStart(check, ended, bench);
  const excess = ended.exceeded === null ? "" : `\nnightsweep ended it: more than ${ended.exceeded} allows`;
  const output = plainText(`${ended.stdout}\n${ended.stderr}${excess}`).replaceAll(folder.path, "tmp").trim();
  const reported = check.kind === "test" ? await readTestReport({ folder: folder.path, name }, bench.directory) : null;
  const results = reported ?? (check.kind === "test" ? readTestOutput(output) : null);
  const run: CheckRun = {
    check: check.name,
    kind: check.kind,
    result: ended.timedOut ? "timed-out" : ended.exitCode === 0 ? "passed" : "failed",
    exitCode: ended.exitCode,
    ms: ended.ms,
    tests: results === null ? null : { passed: results.passed, failed: results.failed, skipped: results.skipped },
    failedTests: (results?.failedTests ?? []).map(bench.mask),
    tail: bench.mask(output.split("\n").slice(-tailLines).join("\n")),
  };
  return { run, output, results };
}

async function start(
  command: readonly [string, ...string[]],
  { cwd, report }: { readonly cwd: string; readonly report: string },
  bench: Bench,
): Promise<CommandResult | NightsweepError> {
  const { environment: env, timeoutMs, signal, directory, cage, tools, modules, layers } = bench;
  const confinement = await confineCheck(cage, directory, { ...tools, modules, layers, writable: [report] });
  try {
    return await exec({ command, cwd, env, timeoutMs, signal, confinement });
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
