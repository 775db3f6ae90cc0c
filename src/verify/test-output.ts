import type { TestResults } from "../io/test-report.ts";

type Outcome = "passed" | "failed" | "skipped";

/** How the summary line of one runner counts one outcome; the number is the group `n`. */
type Summary = { readonly runner: string; readonly counts: Readonly<Record<Outcome, RegExp>> };

/** A tool that runs the tests of a workspace puts the package's name before each line of them. */
const prefix = String.raw`^(?:[^\n|]{0,80}?[:|]\s+)?`;

/** In the order in which they are tried: the first runner whose summary is found speaks for the whole output. */
const summaries: readonly Summary[] = [
  { runner: "vitest", counts: counted((word) => String.raw`\s*Tests  (?:[^\n]*?\s)?(?<n>\d+) ${word}\b`) },
  { runner: "jest", counts: counted((word) => String.raw`Tests:\s+(?:[^\n]*?\s)?(?<n>\d+) ${word}\b`) },
  {
    runner: "mocha",
    counts: {
      passed: line(String.raw`\s+(?<n>\d+) passing\b`),
      failed: line(String.raw`\s+(?<n>\d+) failing\b`),
      skipped: line(String.raw`\s+(?<n>\d+) pending\b`),
    },
  },
  {
    runner: "node:test and TAP",
    counts: {
      passed: line(String.raw`(?:#|ℹ) pass +(?<n>\d+)\b`),
      failed: line(String.raw`(?:#|ℹ) fail +(?<n>\d+)\b`),
      skipped: line(String.raw`(?:#|ℹ) skip(?:ped)? +(?<n>\d+)\b`),
    },
  },
  {
    runner: "ava",
    counts: {
      passed: line(String.raw`\s*(?<n>\d+) tests? passed\b`),
      failed: line(String.raw`\s*(?<n>\d+) tests? failed\b`),
      skipped: line(String.raw`\s*(?<n>\d+) tests? skipped\b`),
    },
  },
  {
    runner: "bun",
    counts: {
      passed: line(String.raw`\s*(?<n>\d+) pass$`),
      failed: line(String.raw`\s*(?<n>\d+) fail$`),
      skipped: line(String.raw`\s*(?<n>\d+) skip$`),
    },
  },
];

/** How runners print the name of a test that failed. */
const failures: readonly RegExp[] = [
  line(String.raw`\s*FAIL  (?<name>\S.*)`),
  line(String.raw`\s*● (?<name>\S.* › .*)`),
  line(String.raw`\s*not ok \d+ -? ?(?<name>\S.*?)(?: # TODO.*)?`),
  line(String.raw`\s*✖ (?<name>\S.*?) \(\d[\d.]*ms\)`),
  line(
    String.raw`\s*✘ \[fail\]: (?<name>\S.*?)(?: (?:Error thrown in test|Rejected promise returned by test|Test finished without running any assertions|Assertion failed))?`,
  ),
  line(String.raw`\s*\(fail\) (?<name>\S.*?)(?: \[[\d.]+ms\])?`),
];

/**
 * Reads counts and names of failed tests from what a test runner prints for people; the sums of several summaries are
 * added, as in a workspace that tests its packages one by one. Null when no summary is found.
 */
export function readTestOutput(output: string): TestResults | null {
  const text = output.replace(/\r/g, "");
  const found = summaries.find(({ counts }) => Object.values(counts).some((pattern) => text.search(pattern) >= 0));
  if (found === undefined) return null;
  const sum = (outcome: Outcome): number =>
    [...text.matchAll(found.counts[outcome])].reduce((total, match) => total + Number(match.groups?.["n"] ?? 0), 0);
  const names = failures.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match.groups?.["name"] ?? ""));
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    failedTests: [...new Set(names.map((name) => name.trim()))].toSorted(),
    byFile: null,
  };
}

/** Takes colours and cursor movements out of a program's output. */
export function plainText(output: string): string {
  return output.replace(/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007]*(?:\u0007|\u001B\\))/g, "");
}

function counted(pattern: (word: string) => string): Readonly<Record<Outcome, RegExp>> {
  return { passed: line(pattern("passed")), failed: line(pattern("failed")), skipped: line(pattern("skipped")) };
}

function line(pattern: string): RegExp {
  return new RegExp(prefix + pattern + (pattern.endsWith("$") || pattern.endsWith("b") ? "" : "$"), "gm");
}
