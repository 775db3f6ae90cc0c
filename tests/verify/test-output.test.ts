import { describe, expect, it } from "vitest";
import { plainText, readTestOutput } from "../../src/verify/test-output.ts";

describe("readTestOutput", () => {
  it.each([
    [
      "vitest",
      " FAIL  src/plum.test.ts > plum > is ripe\n Test Files  1 failed | 4 passed (5)\n      Tests  1 failed | 120 passed | 2 skipped | 1 todo (124)\n",
      { passed: 120, failed: 1, skipped: 2, failedTests: ["src/plum.test.ts > plum > is ripe"] },
    ],
    [
      "jest",
      "  ● plum › is ripe\n\nTest Suites: 1 failed, 3 passed, 4 total\nTests:       1 failed, 2 skipped, 10 passed, 13 total\n",
      { passed: 10, failed: 1, skipped: 2, failedTests: ["plum › is ripe"] },
    ],
    [
      "mocha",
      "  12 passing (30ms)\n  1 pending\n  2 failing\n",
      { passed: 12, failed: 2, skipped: 1, failedTests: [] },
    ],
    [
      "node:test",
      "✖ is ripe (1.2ms)\nℹ tests 3\nℹ pass 2\nℹ fail 1\nℹ skipped 0\n",
      { passed: 2, failed: 1, skipped: 0, failedTests: ["is ripe"] },
    ],
    [
      "TAP",
      "ok 1 - a\nnot ok 2 - is ripe\n# tests 2\n# pass  1\n# fail  1\n",
      { passed: 1, failed: 1, skipped: 0, failedTests: ["is ripe"] },
    ],
    [
      "ava",
      "  ✔ is ripe\n  ✘ [fail]: is red\n  ✘ [fail]: throws Error thrown in test\n  ─\n  1 test passed\n  2 tests failed\n",
      { passed: 1, failed: 2, skipped: 0, failedTests: ["is red", "throws"] },
    ],
    [
      "bun",
      "(fail) plum > is ripe [0.12ms]\n\n 10 pass\n 1 fail\n",
      { passed: 10, failed: 1, skipped: 0, failedTests: ["plum > is ripe"] },
    ],
    [
      "a workspace",
      "plum:test:       Tests  3 passed (3)\npear:test:       Tests  4 passed | 1 skipped (5)\n",
      { passed: 7, failed: 0, skipped: 1, failedTests: [] },
    ],
  ])("reads %s", (_runner, output, expected) => {
    expect(readTestOutput(output)).toEqual({ ...expected, byFile: null });
  });

  it.each(["", "Tests are fun\n", "1 passenger\n", "Done in 3 passes\n"])("finds nothing in %j", (output) => {
    expect(readTestOutput(output)).toBeNull();
  });

  it("takes colours away first", () => {
    const coloured =
      "\u001B[2m      Tests \u001B[22m \u001B[1m\u001B[32m3 passed\u001B[39m\u001B[22m\u001B[90m (3)\u001B[39m";
    expect(readTestOutput(plainText(coloured))?.passed).toBe(3);
  });
});
