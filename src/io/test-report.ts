import { readdir } from "node:fs/promises";
import { relative, sep } from "node:path";
import { z } from "zod";
import type { RepoPath } from "../core/names.ts";
import { readForeignText } from "./foreign-file.ts";

/** What a run of tests came to; ids are `file > suite > test`. */
export type TestResults = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failedTests: readonly string[];
  /** Tests that were run in each file; null when the output does not say. */
  readonly byFile: Readonly<Record<RepoPath, number>> | null;
};

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()).catch([]), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

/** A command that starts more runners than this is read from what it prints. */
const mostReports = 500;

/**
 * Reads the JSON reports that test runners wrote into a folder, in the form of Jest's, as one; null when there is none or
 * one is of another form. A file that could not be loaded counts as one failed test, `file > (load)`.
 */
export async function readTestReports(folder: string, directory: string): Promise<TestResults | null> {
  const names = (await readdir(folder)).filter((name) => /^\d+\.json$/.test(name)).toSorted();
  if (names.length === 0 || names.length > mostReports) return null;
  const files: z.output<typeof reportSchema>["testResults"] = [];
  for (const name of names) {
    const parsed = reportSchema.safeParse(parseJson((await readForeignText(folder, name)) ?? ""));
    if (!parsed.success) return null;
    files.push(...parsed.data.testResults);
  }
  return resultsOf(files, directory);
}

function resultsOf(files: z.output<typeof reportSchema>["testResults"], directory: string): TestResults {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failedTests: string[] = [];
  const byFile: Record<RepoPath, number> = {};
  for (const { name, status, assertionResults } of files) {
    const file = relative(directory, name).split(sep).join("/");
    if (status === "failed" && !assertionResults.some((one) => one.status === "failed")) {
      counts.failed++;
      failedTests.push(`${file} > (load)`);
    }
    for (const test of assertionResults) {
      const outcome = outcomeOf(test.status);
      counts[outcome]++;
      if (outcome !== "skipped") byFile[file] = (byFile[file] ?? 0) + 1;
      if (outcome === "failed") failedTests.push([file, ...test.ancestorTitles, test.title].join(" > "));
    }
  }
  return { ...counts, failedTests: failedTests.toSorted(), byFile };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A runner that was killed leaves half a report, which is the same as none.
    return null;
  }
}

function outcomeOf(status: string): "passed" | "failed" | "skipped" {
  return status === "passed" || status === "failed" ? status : "skipped";
}
