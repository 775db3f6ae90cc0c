import { checkOut } from "../../src/checkout/check-out.ts";
import type { Batch, Verification } from "../../src/core/check.ts";
import type { Candidate } from "../../src/core/candidate.ts";
import type { ChecksConfig } from "../../src/core/config.ts";
import type { Grants } from "../../src/core/grants.ts";
import type { Checkout } from "../../src/core/stage.ts";
import type { FileChange } from "../../src/core/edit.ts";
import { candidateId, type CandidateId } from "../../src/core/names.ts";
import { verify, type VerifyRequest } from "../../src/verify/verify.ts";
import { resources, sandboxHere } from "../io/enclosure.ts";
import { mirrorOf, plantRepository } from "../io/planted-repository.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

type Files = Readonly<Record<string, string>>;

/** What a candidate makes of files; null deletes one. */
type Sweep = { readonly changes: Readonly<Record<string, string | null>>; readonly requires?: readonly string[] };

/** A repository, its checks, and what is tried on it; candidates go by short names. */
export type Case = {
  readonly files: Files;
  readonly checks: ChecksConfig;
  readonly sweeps: Readonly<Record<string, Sweep>>;
  readonly limits?: Partial<VerifyRequest["limits"]>;
  /** Names of the candidates of each batch; all survivors in one otherwise. */
  readonly batches?: readonly (readonly string[])[];
  readonly assurance?: Candidate["assurance"];
  readonly product?: VerifyRequest["product"];
  readonly grants?: Grants;
  readonly breakFile?: VerifyRequest["breakFile"];
};

const limits = { installMinutes: 2, checkMinutes: 1, verifyRuns: 24, verifyMinutes: 10, idleMinutes: 4, ...resources };

/** A type check that wants every file which another one names, and tests that are counted as node:test counts them. */
export const shop = {
  "package.json": "{}",
  "check.mjs": `import { existsSync, readFileSync, readdirSync } from "node:fs";
for (const file of readdirSync("src"))
  for (const [, other] of readFileSync("src/" + file, "utf8").matchAll(/needs (\\S+)/g))
    if (!existsSync("src/" + other)) { console.log(\`src/\${file}(1,1): error TS2307: Cannot find module './\${other}'.\`); process.exitCode = 1; }
`,
  "test.mjs": `import { readdirSync, readFileSync } from "node:fs";
const tests = readdirSync("src").filter((file) => file.endsWith(".test.js"));
const red = tests.filter((file) => readFileSync("src/" + file, "utf8").includes("red"));
for (const file of red) console.log("✖ " + file + " (1ms)");
console.log("ℹ pass " + (tests.length - red.length) + "\\nℹ fail " + red.length);
process.exitCode = red.length === 0 ? 0 : 1;
`,
  "src/shop.js": "// needs till.js\n",
  "src/till.js": "",
  "src/plum.js": "",
  "src/pear.js": "",
  "src/shop.test.js": "test('opens')",
  "src/till.test.js": "test('counts')",
};
/** The checks of the shop as an operator would configure them. */
export const checks = {
  typecheck: ["node", "check.mjs"],
  test: ["node", "test.mjs"],
  build: false,
} satisfies ChecksConfig;

/** Deletes one file. */
export const drop = (file: string): Sweep => ({ changes: { [file]: null } });
const id = (name: string): CandidateId => candidateId(`unused-file:${name}`);

function candidateOf(name: string, sweep: Sweep, assurance: Candidate["assurance"]): Candidate {
  const [file = ""] = Object.keys(sweep.changes);
  return {
    id: id(name),
    pass: "unused-file",
    category: "unused-file",
    subject: { file, name: file, line: 1 },
    members: [{ file, name: file, line: 1, endLine: 1 }],
    evidence: [],
    ambiguous: [],
    exposure: "internal",
    edits: [{ kind: "delete-file", file }],
    ageDays: null,
    lastTouched: null,
    owners: [],
    assurance,
    requires: (sweep.requires ?? []).map(id),
    size: { files: 1, linesRemoved: 1, linesAdded: 0 },
  };
}

function merge(sweeps: Case["sweeps"], ids: readonly CandidateId[]): readonly FileChange[] {
  const wanted = Object.entries(sweeps).filter(([name]) => ids.includes(id(name)));
  const merged = new Map(wanted.flatMap(([, sweep]) => Object.entries(sweep.changes)));
  return [...merged].map(([file, text]) => (text === null ? { kind: "delete", file } : { kind: "write", file, text }));
}

type Outcome = {
  readonly record: Checkout;
  readonly verification: Verification;
  readonly summary: Summary;
  readonly runs: readonly string[];
};
/** What became of the candidates, in short. */
export type Summary = {
  readonly survivors: readonly string[];
  readonly culprits: readonly string[];
  readonly untested: readonly string[];
  readonly batches: readonly string[];
};

/** Plants the repository, checks it out and verifies the candidates. */
export async function run(
  one: Case,
  inspect?: (mirror: string, verification: Verification) => Promise<void>,
): Promise<Outcome> {
  await using folder = await temporaryFolder();
  const sandbox = await sandboxHere();
  const request = {
    ...mirrorOf(folder.path),
    install: true,
    checks: one.checks,
    grants: one.grants,
    installMinutes: 2,
    sandbox,
    resources,
    installHosts: [],
  };
  await plantRepository(request.location, { ".gitignore": "node_modules\ndist\n", ...one.files });
  await using checkedOut = await checkOut(request);
  const runs: string[] = [];
  const candidates = Object.entries(one.sweeps).map(([name, sweep]) =>
    candidateOf(name, sweep, one.assurance ?? "static"),
  );
  const batch = (ids: readonly CandidateId[]): readonly Batch[] =>
    (one.batches?.map((names) => names.map(id)) ?? [ids])
      .map((group) => group.filter((name) => ids.includes(name)))
      .filter((group) => group.length > 0)
      .map((group) => ({
        fingerprint: "0123abcd",
        category: "unused-file",
        scope: "src",
        candidates: group,
        changes: merge(one.sweeps, group),
        size: { files: 1, linesRemoved: 1, linesAdded: 0 },
      }));
  const verification = await verify({
    checkedOut,
    candidates,
    merge: (ids) => merge(one.sweeps, ids),
    batch,
    wantedBatches: Number.MAX_SAFE_INTEGER,
    breakFile: one.breakFile,
    product: one.product ?? { entries: [], offered: [], packages: new Set() },
    limits: { ...limits, ...one.limits },
    signal: request.signal,
    onRun: ({ check }) => runs.push(check),
  });
  await inspect?.(checkedOut.mirror, verification);
  const { survivors, culprits, untested, batches } = verification;
  const short = (name: string): string => name.replace("unused-file:", "");
  const summary = {
    survivors: survivors.map((survivor) => `${short(survivor.id)} ${survivor.assurance}`),
    culprits: culprits.map((culprit) => `${short(culprit.id)}: ${culprit.check}`),
    untested: untested.map((left) => `${short(left.id)}: ${short(left.limit)}`),
    batches: batches.map((survived) => `${survived.candidates.map(short).join(" ")} ${survived.assurance}`),
  };
  return { record: checkedOut.record, verification, summary, runs };
}
