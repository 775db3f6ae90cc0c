import { describe, expect, it } from "vitest";
import type { Check } from "../../src/core/check.ts";
import { reportingCommand } from "../../src/verify/test-runner.ts";

function reporting(script: string, program = "pnpm"): string | undefined {
  const check: Check = { kind: "test", name: "test", command: [program, "run", "test"], directory: "", source: "" };
  return reportingCommand(check, JSON.stringify({ scripts: { test: script } }), "R")?.join(" ");
}

const vitest = "--reporter=default --reporter=json --outputFile.json=R";
const jest = "--json --outputFile=R";

describe("reportingCommand", () => {
  it.each([
    ["vitest run", `pnpm run test ${vitest}`],
    ["vitest", `pnpm run test --run ${vitest}`],
    ["NODE_ENV=test vitest run --coverage src/plum", `pnpm run test ${vitest}`],
    ["jest", `pnpm run test ${jest}`],
    ["cross-env CI=1 jest --runInBand", `pnpm run test ${jest}`],
    ["node --experimental-vm-modules node_modules/jest/bin/jest.js", `pnpm run test ${jest}`],
    ["vitest bench", undefined],
    ["tsc && vitest run", undefined],
    ["vitest run; rm -rf dist", undefined],
    ["node --test", undefined],
    ["jest-runner-plum", undefined],
    ["echo vitest", undefined],
  ])("asks %j", (script, expected) => {
    expect(reporting(script)).toBe(expected);
  });

  it("hands options on as the package manager wants them", () => {
    expect(reporting("vitest run", "npm")).toBe(`npm run test -- ${vitest}`);
    const direct: Check = { kind: "test", name: "t", command: ["npx", "vitest", "run"], directory: "", source: "" };
    expect(reportingCommand(direct, undefined, "R")?.join(" ")).toBe(`npx vitest run ${vitest}`);
    expect(reportingCommand({ ...direct, kind: "build" }, undefined, "R")).toBeNull();
  });
});
