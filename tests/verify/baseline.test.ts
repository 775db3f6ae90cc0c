import { noGrants } from "../../src/core/grants.ts";
import { startDeadline } from "../../src/verify/deadline.ts";
import { expect, test } from "vitest";
import type { Check } from "../../src/core/check.ts";
import { createMask } from "../../src/io/mask.ts";
import { runBaseline } from "../../src/verify/baseline.ts";
import { resources, sandboxHere } from "../io/enclosure.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

const exits = (kind: Check["kind"], code: number, source: string): Check => ({
  kind,
  name: `${kind} of ${source}`,
  command: ["node", "-e", `process.exit(${code})`],
  directory: "",
  source,
});
const guess = "packages/stall/tsconfig.json";
const script = "package.json scripts.check";

test.each([
  ["all green", [exits("typecheck", 0, guess), exits("test", 0, script)], true],
  ["a guessed type check that nobody minds is red", [exits("typecheck", 1, guess), exits("test", 0, script)], true],
  ["a check of the repository is red", [exits("typecheck", 0, guess), exits("test", 1, script)], false],
  ["nothing is green", [exits("typecheck", 1, guess)], false],
])("the base is sound: %s", async (_, checks, survived) => {
  await using folder = await temporaryFolder();
  const signal = new AbortController().signal;
  const bench = {
    directory: folder.path,
    environment: {},
    timeoutMs: 30_000,
    mask: createMask({ environment: {}, paths: [] }),
    signal,
    cage: { sandbox: await sandboxHere(), limits: resources, mirror: folder.path, installHosts: [], grants: noGrants },
    tools: { programs: [], caches: [] },
    modules: [],
    layers: null,
    deadline: startDeadline(10),
  };
  const laboratory = { enter: () => Promise.resolve(), equip: () => Promise.resolve(bench) };
  const specimen = { tree: "base", changes: [] };
  const { treeRun, proven } = await runBaseline({
    checks,
    specimen,
    laboratory,
    twiceUpToMs: 60_000,
    onRun: () => undefined,
  });
  expect(treeRun.survived).toBe(survived);
  expect(proven.map(({ check }) => check)).toEqual(checks.filter(({ command }) => command[2] === "process.exit(0)"));
});
