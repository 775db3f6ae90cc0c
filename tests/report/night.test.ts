import { expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";
import { renderNight } from "../../src/report/night.ts";
import { renderRepo } from "../../src/report/repo.ts";
import { renderNightSummary } from "../../src/report/summary.ts";
import { candidate, night, orchardNight, sweptRepo } from "./orchard-night.ts";

test("a night: the result first, then what stopped, what was proposed and what was not", async () => {
  await expect(renderNight(orchardNight)).toMatchFileSnapshot("snapshots/night.txt");
});

test("a repository in detail", async () => {
  await expect(renderRepo(sweptRepo, night)).toMatchFileSnapshot("snapshots/repo.txt");
});

test("the terminal's summary", () => {
  expect(renderNightSummary({ result: orchardNight, reportPath: "reports/2026-11-23/night.md" })).toBe(
    [
      "Night 2026-11-23: 1 pull request opened, 1 repository needs you (15 s).",
      "  fruit-orchard: 4 candidates, 2 proposed (−10 lines), 4 checks run, 15 s",
      "    opened: https://forge.example/orchard/pull/7",
      "  fruit-plum: stopped in checkout. Installing the dependencies failed: npm ci",
      "    Run the named command in a fresh clone.",
      "Report: reports/2026-11-23/night.md",
    ].join("\n"),
  );
});

const nobody: NightResult = { ...orchardNight, repos: [] };
const stood = { number: 7, branch: "nightsweep/x/y-1", url: "https://forge.example/7", candidates: [] } as const;
const withStanding: RepoResult = {
  ...{ repo: repoKey("plum"), location: "plum", ms: {} },
  stages: {
    publish: {
      ...{ forge: "github", outcomes: [] },
      standing: [
        { ...stood, result: "rebased", because: "it was in conflict", done: ["make anew"] },
        { ...stood, number: 3, result: "merged", because: "it was merged", done: [] },
      ],
    },
  },
};
const bare: RepoResult = { repo: repoKey("quince"), location: "quince", stages: {}, ms: {} };

test.each<readonly [string, NightResult, readonly string[]]>([
  ["no repository", nobody, ["0 pull requests opened", "0 candidates in 0 repositories"]],
  ["a repository without a record", { ...nobody, repos: [bare] }, ["`quince` | settled | none"]],
  [
    "a pull request that stood, but not one that was merged long ago",
    { ...nobody, repos: [withStanding] },
    ["| [#7](https://forge.example/7) | `rebased` | it was in conflict | `make anew` |"],
  ],
  ["a dry run", { ...orchardNight, dryRun: true }, ["would be opened", "This was a dry run: nothing was published."]],
  [
    "an alarm",
    {
      ...nobody,
      repos: [
        { ...bare, stages: { mark: { ...sweptRepo.stages.mark, alarms: [{ kind: "no-checks", text: "no check" }] } } },
      ],
    },
    ["## Reported only, because of", "- `quince`: no check"],
  ],
])("a night with %s", (_what, result, texts) => {
  const markdown = renderNight(result);
  for (const text of texts) expect(markdown).toContain(text);
});

test("names from a repository stay names", () => {
  const evil = "`]|<img src=x onerror=1>\n## @everyone #1 www.evil.example\u202e";
  const find = { candidates: [candidate(evil, { members: [] })] };
  const decide = { decisions: [{ id: candidate(evil).id, action: "report", rule: "x", because: evil }] } as const;
  const repo: RepoResult = { ...bare, stages: { find, decide } };
  for (const markdown of [renderNight({ ...nobody, repos: [repo] }), renderRepo(repo, night)]) {
    expect(markdown).not.toMatch(/^## @/m);
    // Outside of code spans there is neither a tag nor a mention.
    const prose = markdown.replaceAll("\\`", "").replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(prose).not.toMatch(/<img|@everyone|#1\b|www\.evil|\u202e/);
  }
});
