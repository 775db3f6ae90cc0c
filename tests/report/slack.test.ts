import { expect, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";
import { renderDigest } from "../../src/report/slack.ts";
import { candidate, orchardNight, sweptRepo } from "./orchard-night.ts";

const alone = { standings: new Map(), owners: new Map() };
const renderSlackMessage = (result: NightResult) => renderDigest(result, alone)[0] ?? null;

test("says what was opened and what needs a person", () => {
  expect(renderSlackMessage(orchardNight)).toEqual({
    text: "Nightsweep: 1 pull request opened, 1 repository needs you",
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: "Nightsweep: 1 pull request opened, 1 repository needs you" },
      },
      {
        type: "context",
        elements: [{ type: "mrkdwn", text: "2026-11-23 · 15 s · 1 of 2 repositories swept · −10 lines" }],
      },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: "*<https://forge.example/orchard/pull/7|fruit-orchard: unused-export/src-0a1b2c3d>*\nRemoves `ripen`, `peel` · −10 lines",
        },
      },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          text: ":warning: *fruit-plum* stopped in checkout: Installing the dependencies failed: npm ci\nRun the named command in a fresh clone.",
        },
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  });
});

const quiet: RepoResult = { repo: repoKey("quince"), location: "quince", stages: {}, ms: {} };
const standing: RepoResult = {
  ...sweptRepo,
  stages: {
    ...sweptRepo.stages,
    publish: { forge: "local", outcomes: [{ ...sweptRepo.stages.publish.outcomes[0], kind: "already-open" }] },
  },
};

test.each<readonly [string, NightResult]>([
  ["nothing was found", { ...orchardNight, repos: [quiet] }],
  ["what is open was open before", { ...orchardNight, repos: [standing] }],
])("is quiet when %s", (_what, result) => {
  expect(renderSlackMessage(result)).toBeNull();
});

test("stays within Slack's limits on the busiest day, in whole items", () => {
  const error = {
    code: "INSTALL_FAILED",
    message: "<!channel> ".repeat(200),
    advice: "<@U1> & co".repeat(20),
  } as const;
  const stopped = Array.from({ length: 60 }, (_unused, index) => ({
    ...quiet,
    repo: repoKey(`plum/${index}`),
    stopped: { stage: "checkout" as const, error },
  }));
  const candidates = Array.from({ length: 40 }, (_unused, index) => candidate(`pear${"r".repeat(300)}${index}`));
  const outcomes = candidates.map(({ id }) => ({
    kind: "opened" as const,
    branch: "x".repeat(200),
    url: "https://forge/1",
    candidates: [id],
  }));
  const busy = { ...quiet, stages: { find: { candidates }, publish: { forge: "github", outcomes } } };
  const message = renderSlackMessage({ ...orchardNight, repos: [busy, ...stopped] });
  const blocks = message?.blocks ?? [];
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
  for (const block of blocks) if (block.type === "section") expect(block.text.text.length).toBeLessThanOrEqual(3000);
  expect(JSON.stringify(blocks)).not.toMatch(/<!channel>|<@U1>/);
  expect(JSON.stringify(blocks.at(-1))).toMatch(/…and \d+ more in the report/);
  expect(JSON.stringify(message)).toContain("…and 34 more pull requests in the report");
});
