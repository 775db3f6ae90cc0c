import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readRegressions } from "./regression.ts";
import { countedKinds, printStatistics } from "./statistics.ts";

/** Real ES modules need a flag of Node's, so the programs run in a process of their own. */
async function fuzz(...words: readonly string[]): Promise<string> {
  const flags = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, join(import.meta.dirname, "fuzz.ts"), ...words],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: unknown) => {
    // It ends with 1 when a program was broken, and says so in what it printed.
    if (error instanceof Error && "stdout" in error && typeof error.stdout === "string" && error.stdout !== "")
      return { stdout: error.stdout };
    throw error;
  });
  return stdout;
}

const figures = z.object({ before: z.number(), removed: z.number() });
const reportSchema = z.object({
  failure: z.object({ path: z.string(), why: z.string() }).nullable(),
  statistics: z.object({
    programs: z.number(),
    withRemovals: z.number(),
    withSurvivors: z.number(),
    discarded: z.number(),
    orderly: z.number(),
    rounds: z.record(z.string(), z.number()),
    categories: z.record(z.string(), z.number()),
    kinds: z.record(z.enum(countedKinds), figures),
  }),
});

describe.each([
  { language: "js", runs: 300, kinds: countedKinds.filter((kind) => kind !== "types") },
  { language: "ts", runs: 40, kinds: countedKinds.filter((kind) => !["stars", "dynamic imports"].includes(kind)) },
])("random programs in $language", ({ language, runs, kinds }) => {
  test("do after the sweep what they did before", async () => {
    const words = ["--json", "--runs", String(runs), "--seed", "20261123", "--language", language];
    const { statistics, failure } = reportSchema.parse(JSON.parse(await fuzz(...words)));
    expect(failure, printStatistics(statistics)).toBeNull();
    expect(statistics.programs).toBe(runs);
    expect(statistics.orderly, "rely on the load order of a circle").toBeLessThan(runs / 50 + 2);
    expect(statistics.withRemovals).toBeGreaterThan(runs / 2);
    expect(statistics.withSurvivors).toBeGreaterThan(runs / 2);
    // Effects and star exports of live files have no reason to go; of everything else a good share must go and stay.
    for (const kind of kinds) {
      const { before, removed } = statistics.kinds[kind];
      expect.soft(before, `${kind} before`).toBeGreaterThan(0);
      expect.soft(removed, `${kind} removed`).toBeLessThan(kind === "unused locals" ? Infinity : before);
      if (kind !== "bare imports") expect.soft(removed, `${kind} removed`).toBeGreaterThan(0);
    }
  });
});

test("programs that a sweep once broke stay whole", async () => {
  const names = readRegressions().map(({ name }) => name);
  const outcomes: unknown = JSON.parse(await fuzz("--regressions"));
  expect(outcomes).toEqual(names.map((name) => ({ name, outcome: "kept" })));
});
