import { describe, expect, it } from "vitest";
import { checks, drop, run, shop, type Case, type Summary } from "./shop.ts";

describe.concurrent("verify", () => {
  it.each<[string, Case, Summary]>([
    [
      "all that breaks nothing, as tested",
      { files: shop, checks, sweeps: { plum: drop("src/plum.js"), pear: drop("src/pear.js") } },
      { survivors: ["plum tested", "pear tested"], culprits: [], untested: [], batches: ["plum pear tested"] },
    ],
    [
      "no culprit, nor what requires it",
      {
        files: shop,
        checks,
        sweeps: {
          till: drop("src/till.js"),
          plum: { ...drop("src/plum.js"), requires: ["till"] },
          pear: drop("src/pear.js"),
        },
      },
      {
        survivors: ["pear tested"],
        culprits: ["till: node check.mjs"],
        untested: ["plum: requires till"],
        batches: ["pear tested"],
      },
    ],
    [
      "nothing that turns a test red",
      {
        files: shop,
        checks,
        sweeps: { red: { changes: { "src/till.test.js": "test('red')" } }, pear: drop("src/pear.js") },
      },
      { survivors: ["pear tested"], culprits: ["red: node test.mjs"], untested: [], batches: ["pear tested"] },
    ],
    [
      "tests that went with the code, but no test that merely vanished",
      {
        files: { ...shop, "src/list.txt": "" },
        checks,
        sweeps: {
          till: { changes: { "src/till.js": null, "src/till.test.js": null, "src/shop.js": "" } },
          thief: { changes: { "test.mjs": 'console.log("ℹ pass 0\\nℹ fail 0")' } },
        },
      },
      { survivors: ["till tested"], culprits: ["thief: node test.mjs"], untested: [], batches: ["till tested"] },
    ],
    [
      "what a repository without tests can prove",
      {
        files: shop,
        checks: { ...checks, test: false },
        sweeps: { plum: drop("src/plum.js"), till: drop("src/till.js") },
      },
      { survivors: ["plum compiled"], culprits: ["till: node check.mjs"], untested: [], batches: ["plum compiled"] },
    ],
    [
      "tests that run nothing as no tests",
      {
        files: { ...shop, "src/shop.test.js": "", "test.mjs": 'console.log("ℹ pass 0\\nℹ fail 0")' },
        checks,
        sweeps: { plum: drop("src/plum.js") },
      },
      { survivors: ["plum compiled"], culprits: [], untested: [], batches: ["plum compiled"] },
    ],
    [
      "nothing more than static without any check",
      {
        files: shop,
        checks: { typecheck: false, test: false, build: false },
        sweeps: { till: drop("src/till.js") },
      },
      { survivors: ["till static"], culprits: [], untested: [], batches: ["till static"] },
    ],
    [
      "a suspect as no more than suspected",
      { files: shop, checks, sweeps: { plum: drop("src/plum.js") }, assurance: "suspected" },
      { survivors: ["plum suspected"], culprits: [], untested: [], batches: ["plum suspected"] },
    ],
    [
      "each batch on its own, since a part of what survived may not",
      {
        files: { ...shop, "src/plum.js": "// needs pear.js\n" },
        checks,
        sweeps: { plum: drop("src/plum.js"), pear: drop("src/pear.js") },
        batches: [["plum"], ["pear"]],
      },
      { survivors: ["plum tested"], culprits: ["pear: node check.mjs"], untested: [], batches: ["plum tested"] },
    ],
    [
      "nothing that a limit left untested",
      {
        files: shop,
        checks,
        sweeps: { plum: drop("src/plum.js"), pear: drop("src/pear.js") },
        limits: { verifyRuns: 3 },
        batches: [["plum"], ["pear"]],
      },
      {
        survivors: ["plum tested"],
        culprits: [],
        untested: ["pear: limits.verifyRuns"],
        batches: ["plum tested"],
      },
    ],
    [
      "nothing when the time is up",
      { files: shop, checks, sweeps: { plum: drop("src/plum.js") }, limits: { verifyMinutes: 0.0001 } },
      { survivors: [], culprits: [], untested: ["plum: limits.verifyMinutes"], batches: [] },
    ],
  ])("proves %s", async (_what, one, expected) => {
    expect((await run(one)).summary).toEqual(expected);
  });
});
