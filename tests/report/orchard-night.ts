import type { Candidate } from "../../src/core/candidate.ts";
import type { CheckRun, VerifiedBatch } from "../../src/core/check.ts";
import { candidateId, nightId, repoKey, type CandidateId } from "../../src/core/names.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";

/** A believable night for the tests of whatever reads one: a swept repository and one that stopped. */
export const night = nightId("2026-11-23");
export const orchard = repoKey("fruit/orchard");
export const base = "1".repeat(40);
export const tree = "2".repeat(40);

export function candidate(name: string, change: Partial<Candidate> = {}): Candidate {
  const line = name.length;
  return {
    id: candidateId(`unused-export:src/fruit.ts#${name.replace(/\s+/g, "~")}:0f`),
    pass: "unused-export",
    category: "unused-export",
    subject: { file: "src/fruit.ts", name, line },
    members: [{ file: "src/fruit.ts", name, line, endLine: line + 4 }],
    evidence: [{ kind: "unreachable", text: `No root reaches \`${name}\`.` }],
    ambiguous: [],
    exposure: "internal",
    edits: [{ kind: "remove", file: "src/fruit.ts", span: { start: 0, end: 9 } }],
    ageDays: 400,
    lastTouched: { commit: "abcdef1234567890", date: "2025-10-19T08:00:00Z", subject: "Weigh the pears" },
    owners: ["@fruit/growers"],
    assurance: "static",
    requires: [],
    size: { files: 1, linesRemoved: 5, linesAdded: 0 },
    ...change,
  };
}

export const run = (kind: CheckRun["kind"], change: Partial<CheckRun> = {}): CheckRun => ({
  check: `npm run ${kind}`,
  kind,
  result: "passed",
  exitCode: 0,
  ms: 3210,
  tests: kind === "test" ? { passed: 120, failed: 0, skipped: 1 } : null,
  failedTests: [],
  tail: "",
  ...change,
});

export const ripen = candidate("ripen");
export const peel = candidate("peel");
export const pit = candidate("pit", {
  ambiguous: [{ kind: "string", file: "src/menu.ts", line: 8, text: '"pit"' }],
  assurance: "suspected",
});
const stone = candidate("stone");

export function batch(ids: readonly CandidateId[], change: Partial<VerifiedBatch> = {}): VerifiedBatch {
  return {
    fingerprint: "0a1b2c3d",
    category: "unused-export",
    scope: "src",
    candidates: ids,
    changes: [{ kind: "write", file: "src/fruit.ts", text: "export const apple = 1;\n" }],
    size: { files: 1, linesRemoved: 10, linesAdded: 0 },
    tree,
    assurance: "tested",
    runs: [run("typecheck"), run("test", { tests: { passed: 118, failed: 0, skipped: 1 }, ms: 3000 })],
    ...change,
  };
}

const check = (kind: CheckRun["kind"]) => ({
  kind,
  name: `npm run ${kind}`,
  command: ["npm", "run", kind] as const,
  directory: "",
  source: `package.json scripts.${kind}`,
});

const proposed = batch([ripen.id, peel.id]);
const swept = {
  repo: orchard,
  location: "../fruit/orchard",
  ms: { checkout: 900, mark: 400, find: 300, decide: 2, sweep: 9, verify: 12_345, publish: 600 },
  stages: {
    checkout: {
      location: "../fruit/orchard",
      base: { branch: "main", commit: base },
      installation: {
        packageManager: "npm",
        version: null,
        lockfile: "package-lock.json",
        command: ["npm", "ci"],
        ms: 800,
      },
      checks: [check("typecheck"), check("test")],
    },
    mark: {
      roots: [
        { file: "src/index.ts", strength: "strong", purpose: "production", reason: 'package.json exports "."' },
        { file: "eslint.config.js", strength: "strong", purpose: "development", reason: "knip eslint" },
        { file: "tests/fruit.test.ts", strength: "weak", purpose: "test", reason: "knip vitest" },
      ],
      units: [{ directory: "", name: "orchard", private: true }],
      alarms: [],
      counts: { files: 12, lines: 640, declarations: 90, deadFiles: 0, deadDeclarations: 4, testOnlyDeclarations: 0 },
    },
    find: { candidates: [ripen, peel, pit, stone] },
    decide: {
      decisions: [
        { id: ripen.id, action: "propose", rule: "old-internal", because: "old and internal" },
        { id: peel.id, action: "propose", rule: "old-internal", because: "old and internal" },
        { id: pit.id, action: "report", rule: "default", because: "its name stands in a string" },
        { id: stone.id, action: "propose", rule: "old-internal", because: "old and internal" },
      ],
    },
    sweep: { batches: [] },
    verify: {
      checks: [check("typecheck"), check("test")],
      baseline: { tree: "3".repeat(40), candidates: [], runs: [run("typecheck"), run("test")], survived: true },
      trees: [{ tree, candidates: [ripen.id, peel.id], runs: proposed.runs, survived: true }],
      culprits: [{ id: stone.id, check: "npm run test", tail: "1 failed: keeps the stone" }],
      untested: [],
      survivors: [
        { id: ripen.id, assurance: "tested" },
        { id: peel.id, assurance: "tested" },
      ],
      batches: [proposed],
    },
    publish: {
      forge: "local",
      outcomes: [
        {
          kind: "opened",
          branch: "nightsweep/unused-export/src-0a1b2c3d",
          url: "https://forge.example/orchard/pull/7",
          candidates: [ripen.id, peel.id],
        },
      ],
    },
  },
} as const satisfies RepoResult;

/** The swept repository, every stage of it. */
export const sweptRepo = swept;

const stoppedRepo: RepoResult = {
  repo: repoKey("fruit/plum"),
  location: "../fruit/plum",
  ms: { checkout: 100 },
  stages: {},
  stopped: {
    stage: "checkout",
    error: {
      code: "INSTALL_FAILED",
      message: "Installing the dependencies failed: npm ci",
      advice: "Run the named command in a fresh clone.",
      detail: "npm error missing: plum@1",
    },
  },
};

export const orchardNight: NightResult = {
  night,
  startedAt: "2026-11-23T01:00:00.000Z",
  ms: 15_000,
  dryRun: false,
  repos: [swept, stoppedRepo],
};
