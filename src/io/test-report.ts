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

/**
 * Reads the JSON report that Jest and Vitest write; null when there is none or it is of another form. A file that could
 * not be loaded counts as one failed test, `file > (load)`.
 */
export async function readTestReport(
  report: { readonly folder: string; readonly name: string },
  directory: string,
): Promise<TestResults | null> {
  const text = await readForeignText(report.folder, report.name);
  if (text === undefined) return null;
  const parsed = reportSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failedTests: string[] = [];
  const byFile: Record<RepoPath, number> = {};
  for (const { name, status, assertionResults } of parsed.data.testResults) {
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
