import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import type { TestResults } from "../io/test-report.ts";
import type { DetailedRun } from "./run-check.ts";

/** The text of a file at the base commit. */
export type BaseTexts = (file: RepoPath) => Promise<string | undefined>;

/**
 * True when a check can prove something although it may be red: it passed, or it is a test check and every test that
 * fails is known by name, so that a new failure can be told from an old one.
 */
export function isUsable({ run, results }: DetailedRun): boolean {
  if (run.result === "passed") return true;
  if (run.kind !== "test" || run.result !== "failed" || results === null) return false;
  const isNamed = results.failed > 0 && results.failedTests.length >= results.failed;
  return isNamed && results.failed <= results.passed * redShare;
}

/** A suite of which more is red than this is not known well enough to judge a change by the rest of it. */
const redShare = 0.25;

/**
 * Says why a run of a check is worse than the baseline's, or null when it is not. `mayVanish` is the number of tests that
 * went with the code or stand in files that were edited.
 */
export function worseThan(baseline: DetailedRun, now: DetailedRun, mayVanish: number): string | null {
  if (now.run.result === "timed-out") return "it did not end within limits.checkMinutes";
  if (now.run.result === "could-not-start") return "it could not be started";
  if (now.run.result === "failed") {
    const fresh = freshFailures(baseline, now);
    if (baseline.run.result === "passed" || now.results === null)
      return `exit code ${now.run.exitCode ?? "none"}${fresh.length === 0 ? "" : `: ${fresh.slice(0, 3).join(", ")}`}`;
    if (fresh.length > 0) return `tests that passed before fail now: ${fresh.slice(0, 3).join(", ")}`;
    if (now.results.failedTests.length < now.results.failed) return "tests fail that have no name in the output";
  }
  return fewerTests(baseline.results, now.results, mayVanish);
}

/** The tests that fail now and are not known to fail at the base. */
function freshFailures(baseline: DetailedRun, now: DetailedRun): readonly string[] {
  const known = new Set(baseline.results?.failedTests ?? []);
  return (now.results?.failedTests ?? []).filter((name) => !known.has(name));
}

function fewerTests(before: TestResults | null, now: TestResults | null, mayVanish: number): string | null {
  if (before === null || executed(before) === 0) return null;
  if (now === null) return "its output does not say how many tests ran";
  const missing = executed(before) - executed(now);
  return missing > mayVanish ? `${missing} tests were not run, of which ${mayVanish} went with the code` : null;
}

/** Tests that were run, whatever their outcome. */
export function executed({ passed, failed }: Pick<TestResults, "passed" | "failed">): number {
  return passed + failed;
}

/**
 * How many tests a change may take away: those of the test files that it deletes or edits, from the report of the
 * baseline, or counted in their text where no report says. A file that makes its tests in a loop has no limit.
 */
export async function countVanishing(
  changes: readonly FileChange[],
  baseline: DetailedRun,
  read: BaseTexts,
): Promise<number> {
  const byFile = baseline.results?.byFile;
  if (byFile !== null && byFile !== undefined)
    return changes.reduce((total, { file }) => total + (byFile[file] ?? 0), 0);
  let total = 0;
  for (const { file } of changes.filter((change) => isTestFile(change.file))) {
    const text = (await read(file)) ?? "";
    if (/\.each\b|\bforEach\b|\bfor\s*\(/.test(text)) return Number.MAX_SAFE_INTEGER;
    total += [...text.matchAll(/\b(?:it|test|specify)(?:\.\w+)*\s*\(/g)].length;
  }
  return total;
}

function isTestFile(file: RepoPath): boolean {
  return /[._-](test|spec)\.[cm]?[jt]sx?$|(^|\/)(__tests__|tests?|specs?)\//.test(file);
}
