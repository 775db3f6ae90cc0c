import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { narrow } from "../../src/core/policy-layers.ts";
import { policySchema } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { readPolicyWithOrigins, repositoryLayer } from "../../src/io/policy-file.ts";
import { makeCandidate } from "../candidates.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const head = "version: 1\nname: orchard\n";

const bomb = Array.from({ length: 9 }, (_unused, index) => {
  const inner = index === 0 ? "x" : `*a${index - 1}`;
  return `a${index}: &a${index} [${Array.from({ length: 9 }, () => inner).join(", ")}]\n`;
}).join("");

describe("extends", () => {
  const rule = (id: string, action: string) => `  - { id: ${id}, action: ${action} }\n`;
  const inFolder = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    await using folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder.path, name), text);
    return await readPolicyWithOrigins(path.join(folder.path, "top.yaml")).then(
      ({ policy, layer }) => ({ policy, origins: layer.origins }),
      (error: unknown) => String(error).replace(/^.*not valid: /, ""),
    );
  };

  test("joins: own values win, own rules come first, what is protected is added", async () => {
    const base = `${head}protect: { paths: ["db/**"] }\nlimits: { linesPerPullRequest: 9, filesPerPullRequest: 3 }\nrules:\n${rule("a", "report")}${rule("b", "ignore")}`;
    const top = `version: 1\nname: top\nextends: base.yaml\nprotect: { paths: ["api/**"] }\nlimits: { linesPerPullRequest: 7 }\nrules:\n${rule("b", "propose")}`;
    expect(await inFolder({ "base.yaml": base, "top.yaml": top })).toMatchObject({
      policy: {
        name: "top",
        protect: { paths: ["db/**", "api/**"] },
        limits: { linesPerPullRequest: 7, filesPerPullRequest: 3, openPullRequests: 5 },
        rules: [
          { id: "b", action: "propose" },
          { id: "a", action: "report" },
        ],
      },
      origins: {
        "limits.linesPerPullRequest": "top.yaml:5",
        "limits.filesPerPullRequest": "base.yaml:4",
        "rules.b": "top.yaml:7",
        "rules.a": "base.yaml:6",
      },
    });
  });

  test.each<readonly [name: string, files: Readonly<Record<string, string>>, message: RegExp]>([
    [
      "a file that is missing",
      { "top.yaml": `${head}extends: [gone.yaml]\n` },
      /^top\.yaml:3:11 extends: there is no policy "gone\.yaml"; allowed: .*standard/,
    ],
    [
      "itself",
      { "top.yaml": `${head}extends: top.yaml\n` },
      /^top\.yaml:3:1 extends: "top\.yaml" leads back here: top\.yaml -> top\.yaml$/,
    ],
    [
      "a circle",
      {
        "top.yaml": `${head}extends: a.yaml\n`,
        "a.yaml": `${head}extends: b.yaml\n`,
        "b.yaml": `${head}extends: a.yaml\n`,
      },
      /^b\.yaml:3:1 extends: "a\.yaml" leads back here: top\.yaml -> a\.yaml -> b\.yaml -> a\.yaml$/,
    ],
    [
      "a file with a mistake",
      { "top.yaml": `${head}extends: a.yaml\n`, "a.yaml": `${head}ceilng: report\n` },
      /^a\.yaml:3:1 ceilng: no such field/,
    ],
  ])("%s", async (_name, files, message) => {
    expect(await inFolder(files)).toMatch(message);
  });
});

describe("a repository's own file", () => {
  const file = ".github/nightsweep.yml";

  test("narrows, and says nothing of what it leaves out", () => {
    expect(repositoryLayer([{ file, text: "version: 1\nlimits: { linesPerPullRequest: 9 }\n" }])).toEqual({
      kind: "repository",
      name: "repository",
      protect: {},
      limits: { linesPerPullRequest: 9 },
      trust: {},
      ceiling: "automerge",
      defaultAction: "automerge",
      rules: [],
      origins: { version: `${file}:1`, limits: `${file}:2`, "limits.linesPerPullRequest": `${file}:2` },
    });
    expect(repositoryLayer([])).toBeNull();
  });

  test.each<readonly [name: string, text: string, problem: RegExp]>([
    ["a typo", "version: 1\ncelling: report\n", /nightsweep\.yml:2:1 celling: no such field; allowed: .*ceiling/],
    ["extends", "version: 1\nextends: standard\n", /nightsweep\.yml:2:1 extends: no such field/],
    ["a flag", "version: 1\nflags: [{ name: sale, value: true }]\n", /nightsweep\.yml:2:1 flags: no such field/],
    [
      "no date",
      "version: 1\nschedule:\n  freeze:\n    - { from: 2026-02-30, to: 2026-03-01 }\n",
      /nightsweep\.yml:4:9 schedule\.freeze\[0\]\.from: expected a day of the calendar/,
    ],
    [
      "a freeze that ends first",
      "version: 1\nschedule: { freeze: [{ from: 2026-03-02, to: 2026-03-01 }] }\n",
      /nightsweep\.yml:2:42 .*ends before it begins/,
    ],
    [
      "a time zone of its own",
      "version: 1\nschedule: { timeZone: Orchard/North }\n",
      /nightsweep\.yml:2:13 schedule\.timeZone: expected an IANA time zone/,
    ],
    [
      "hours that are none",
      'version: 1\nschedule: { window: "25:00-06:00" }\n',
      /nightsweep\.yml:2:13 schedule\.window: expected "from-to"/,
    ],
    ["a key twice", "version: 1\nceiling: report\nceiling: propose\n", /nightsweep\.yml:3:1 Map keys must be unique/],
    ["a bomb", `version: 1\n${bomb}`, /nightsweep\.yml:2:9 anchors and aliases are not allowed/],
    ["a bracket too many", `version: 1\nname: ${"[".repeat(20_000)}\n`, /nightsweep\.yml:\d+:\d+ /],
    ["nothing but bytes", "\u0000\u0001\u0002", /nightsweep\.yml:1:1 /],
  ])("with %s allows a report at most", (_name, text, problem) => {
    const layer = repositoryLayer([{ file, text }]);
    expect(layer?.problem).toMatch(problem);
    const operator = policySchema.parse({ version: 1, name: "operator", defaultAction: "propose" });
    const [decision] = decide([makeCandidate("fig")], narrow(operator, layer === null ? [] : [layer]), []);
    expect(decision?.action).toBe("report");
  });

  test("there may be one", () => {
    const two = [file, ".github/nightsweep.yaml"].map((name) => ({ file: name, text: "version: 1\n" }));
    expect(repositoryLayer(two)?.problem).toMatch(/there are .*yml and .*yaml; keep one/);
  });
});
