import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { NightsweepError } from "../../src/core/errors.ts";
import { policyJsonSchema, type Policy } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { renderPolicyDocs } from "../../src/decide/policy-docs.ts";
import { recipes } from "../../src/decide/recipes.ts";
import { readPolicy } from "../../src/io/policy-file.ts";
import { makeCandidate } from "../candidates.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const policies = path.join(import.meta.dirname, "..", "..", "policies");

async function read(text: string): Promise<Policy> {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, "orchard.yaml");
  await writeFile(file, text);
  return await readPolicy(file);
}

async function mistakeIn(text: string): Promise<string> {
  const answer = await read(text).catch((error: unknown) => error);
  if (!(answer instanceof NightsweepError)) throw new Error(`no mistake was found: ${JSON.stringify(answer)}`);
  expect(answer.code).toBe("POLICY_INVALID");
  return answer.message.replace(/^A policy file is not valid: /, "");
}

const bomb = Array.from({ length: 9 }, (_unused, index) => {
  const inner = index === 0 ? "x" : `*a${index - 1}`;
  return `a${index}: &a${index} [${Array.from({ length: 9 }, () => inner).join(", ")}]\n`;
}).join("");

const head = "version: 1\nname: orchard\n";

test("what is left out has a default", async () => {
  expect(await read(head)).toEqual({
    version: 1,
    name: "orchard",
    protect: {},
    limits: {
      symbolsPerPullRequest: 5,
      filesPerPullRequest: 10,
      linesPerPullRequest: 200,
      pullRequestsPerNight: 3,
      openPullRequests: 5,
      minutesPerNight: 120,
      dollarsPerNight: 1,
    },
    trust: { demoteBelow: 0.5, over: 10, promoteAbove: 0.8, muteAfterRevert: true },
    ceiling: "propose",
    defaultAction: "report",
    rules: [],
    flags: [],
    model: { sendCode: false },
  });
});

test("JSON is YAML, and a byte order mark does no harm", async () => {
  const text = '\uFEFF{ "version": 1, "name": "orchard", "$schema": "./policy.schema.json" }';
  expect((await read(text)).name).toBe("orchard");
});

describe("mistakes", () => {
  test.each<readonly [name: string, text: string, message: RegExp]>([
    ["an empty file", "", /^orchard\.yaml:1:1 the whole file: expected object, received null; allowed: an object with/],
    ["no version", "name: orchard\n", /^orchard\.yaml:1:1 version: .*; allowed: 1/],
    ["another version", "version: 2\nname: orchard\n", /^orchard\.yaml:1:1 version: .*; allowed: 1/],
    ["an unknown key", `${head}cieling: report\n`, /^orchard\.yaml:3:1 cieling: no such field; allowed: .*ceiling/],
    [
      "an unknown key inside",
      `${head}rules:\n  - id: old\n    match:\n      minAge: 3\n    action: propose\n`,
      /^orchard\.yaml:6:7 rules\[0\]\.match\.minAge: no such field; allowed: category, .*minAgeDays/,
    ],
    [
      "a flag that is read in no way that can be read",
      `${head}flags:\n  - name: sale\n    value: true\n    reads: ["a + b"]\n`,
      /^orchard\.yaml:6:13 flags\[0\]\.reads\[0\]: expected an expression such as CHECKOUT, flags\.checkout/,
    ],
    [
      "a flag that is named twice",
      `${head}flags:\n  - { name: sale, value: true }\n  - { name: sale, value: false }\n`,
      /^orchard\.yaml:5:\d+ flags\[1\]\.name: "sale" is named already/,
    ],
    [
      "an unknown action",
      `${head}rules:\n  - id: old\n    action: delete\n`,
      /^orchard\.yaml:5:5 rules\[0\]\.action: .*; allowed: "ignore" or "report" or "propose" or "automerge"/,
    ],
    [
      "a missing action",
      `${head}rules:\n  - id: old\n`,
      /^orchard\.yaml:4:5 rules\[0\]\.action: is missing; allowed: "ignore"/,
    ],
    [
      "an unknown category",
      `${head}rules:\n  - id: old\n    match: { category: [unused-file, unused-files] }\n    action: report\n`,
      /^orchard\.yaml:5:38 rules\[0\]\.match\.category\[1\]: "unused-files" is none of what is allowed; allowed: .*"unused-file" or/,
    ],
    [
      "a negative age",
      `${head}rules: [{ id: a, match: { minAgeDays: -1 }, action: report }]\n`,
      /^orchard\.yaml:3:27 .*a whole number of 0 or more/,
    ],
    [
      "half a day",
      `${head}rules: [{ id: a, match: { minAgeDays: 0.5 }, action: report }]\n`,
      /minAgeDays: .*; allowed: a whole number/,
    ],
    [
      "a limit of nothing",
      `${head}limits:\n  linesPerPullRequest: 0\n`,
      /^orchard\.yaml:4:3 limits\.linesPerPullRequest: .*above 0/,
    ],
    [
      "the id of another rule",
      `${head}rules:\n  - { id: a, action: report }\n  - { id: a, action: report }\n`,
      /^orchard\.yaml:5:7 rules\[1\]\.id: "a" names another rule already/,
    ],
    [
      "an id with a space",
      `${head}rules: [{ id: a b, action: report }]\n`,
      /^orchard\.yaml:3:11 rules\[0\]\.id: expected small letters, digits and hyphens/,
    ],
    ["no path", `${head}protect: { paths: [] }\n`, /^orchard\.yaml:3:12 protect\.paths: .*a list that is not empty/],
    [
      "an absolute path",
      `${head}protect: { paths: ["/src"] }\n`,
      /^orchard\.yaml:3:20 protect\.paths\[0\]: "\/src" must be relative/,
    ],
    ["a path that climbs", `${head}protect: { paths: [../src] }\n`, /must be relative/],
    ["a path with backslashes", `${head}protect: { paths: ['src\\a'] }\n`, /forward slashes/],
    ["half a bracket", `${head}protect: { paths: ["src/{a,b"] }\n`, /a bracket without its other half/],
    ["only paths that are taken out", `${head}protect: { paths: ["!src/**"] }\n`, /only takes out/],
    [
      "text for a list",
      `${head}protect: { paths: src }\n`,
      /protect\.paths: expected array, received string; allowed: a list/,
    ],
    [
      "two mistakes",
      `${head}ceiling: high\nlimits: 3\n`,
      /^orchard\.yaml:3:1 ceiling: .*\n {2}orchard\.yaml:4:1 limits: /,
    ],
    ["no YAML", `${head}rules: [\n`, /^orchard\.yaml:\d+:\d+ .*flow/i],
    ["a key twice", `${head}name: other\n`, /^orchard\.yaml:3:1 .*unique/i],
    ["a tag", `${head}description: !!js/function x\n`, /^orchard\.yaml:3:\d+ .*tag/i],
    ["two documents", `${head}---\n${head}`, /^orchard\.yaml:\d+:\d+ .*document/i],
    [
      "an alias",
      `${head}protect: { paths: &all [src] }\nrules: [{ id: a, match: { paths: *all }, action: report }]\n`,
      /^orchard\.yaml:3:24 anchors and aliases .*\n {2}orchard\.yaml:4:34 /,
    ],
    ["a bomb of aliases", bomb, /^orchard\.yaml:1:\d+ anchors and aliases[^]*and \d+ more$/],
    ["a key that is no text", `${head}1: x\n`, /^orchard\.yaml:3:1 /],
    ["a prototype", `${head}__proto__: { ceiling: automerge }\n`, /^orchard\.yaml:3:1 __proto__: no such field/],
    ["a huge file", `${head}#${" ".repeat(300_000)}\n`, /^orchard\.yaml:1:1 is larger than 256 KiB/],
  ])("%s", async (_name, text, message) => {
    expect(await mistakeIn(text)).toMatch(message);
  });

  test("a file that is not there, and a folder", async () => {
    await using folder = await temporaryFolder();
    await mkdir(path.join(folder.path, "folder.yaml"));
    const read = async (name: string) => readPolicy(path.join(folder.path, name)).catch(String);
    expect(await read("none.yaml")).toMatch(/none\.yaml:1:1 cannot be read: ENOENT: no such file or directory$/);
    expect(await read("folder.yaml")).toMatch(/folder\.yaml:1:1 cannot be read: EISDIR/);
  });
});

describe("the policies that come along", () => {
  test("standard proposes what is old, hidden and surely dead, and reports the rest", async () => {
    const policy = await readPolicy(path.join(policies, "standard.yaml"));
    const candidates = [
      makeCandidate("dead"),
      makeCandidate("young", { ageDays: 13 }),
      makeCandidate("public", { exposure: "public" }),
      makeCandidate("mentioned", { assurance: "suspected" }),
      makeCandidate("surplus", { category: "surplus-export" }),
      makeCandidate("generated", { members: [{ file: "src/generated/a.ts", name: "a", line: 1, endLine: 1 }] }),
    ];
    expect(decide(candidates, policy, []).map(({ action, rule }) => `${action} ${rule}`)).toEqual([
      "propose surely-dead",
      "report default",
      "report default",
      "report default",
      "report matters-of-taste",
      "ignore protect",
    ]);
  });

  test("conservative is stricter", async () => {
    const policy = await readPolicy(path.join(policies, "conservative.yaml"));
    const candidates = [makeCandidate("old", { ageDays: 180 }), makeCandidate("younger", { ageDays: 179 })];
    expect(decide(candidates, policy, []).map(({ action }) => action)).toEqual(["propose", "report"]);
  });

  test("their schema is fresh", () => {
    const written: unknown = JSON.parse(readFileSync(path.join(policies, "policy.schema.json"), "utf8"));
    expect(written).toEqual(policyJsonSchema());
  });
});

test.each(recipes)("the recipe is a policy: $title", async ({ yaml }) => {
  expect((await read(yaml)).version).toBe(1);
});

test("the page about policies names every key, category and level, and holds the passes", () => {
  const page = renderPolicyDocs("### `unused-fig`\n");
  for (const word of ["rules[].match.minAgeDays", "limits.openPullRequests", "surplus-export", "proven", "unused-fig"])
    expect(page).toContain(`\`${word}\``);
  expect(page).not.toContain("undefined");
});
