import type { KnownBlock, ModalView } from "@slack/types";
import { expect, expectTypeOf, test } from "vitest";
import { repoKey } from "../../src/core/names.ts";
import type { SlackBlock, SlackMessage, SlackModal } from "../../src/core/slack-message.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";
import type { RepoStanding } from "../../src/core/standing.ts";
import { renderDigest } from "../../src/report/slack/digest.ts";
import type { Morning } from "../../src/report/slack/morning.ts";
import { candidate, orchardNight, sweptRepo } from "../report/orchard-night.ts";
import { morningOf, nightOf, orchard } from "./mornings.ts";
import type { Open } from "./slack-schema.ts";

const known = { branch: "b", number: 1, url: "https://forge.example/pull/1", candidates: [], endedAt: null } as const;
const standing: RepoStanding = {
  pullRequests: [
    { ...known, state: "open", night: "2026-11-14" },
    { ...known, number: 2, state: "merged", night: "2026-11-20", endedAt: "2026-11-22T10:00:00Z" },
    { ...known, number: 3, state: "closed", night: "2026-09-01", endedAt: "2026-09-02T10:00:00Z" },
  ],
  merged: 1,
  untouched: 1,
  refused: 0,
  resurrected: 0,
};
const busy: Partial<Morning> = {
  standings: new Map([[orchard, standing]]),
  owners: new Map([["fruit/growers", "U012AB3CD"]]),
  recent: { kept: 2, reverted: 0 },
  since: "2026-11-22T08:30:00Z",
  timeZone: "Europe/Berlin",
  reportsUrl: "https://nightsweep.example",
};

test("a whole morning with buttons reads like this", async () => {
  const messages = renderDigest(morningOf([orchardNight], { ...busy, hasButtons: true }));
  // The compiler holds every block and form that there can be against Slack's own types.
  expectTypeOf<Open<SlackBlock>>().toExtend<KnownBlock>();
  expectTypeOf<Open<SlackModal>>().toExtend<ModalView>();
  await expect(messages.map(inText).join("\n=====\n")).toMatchFileSnapshot("snapshots/morning.txt");
});

test.each<readonly [string, Partial<Morning>, string]>([
  [
    "pages of serve",
    {},
    "<https://nightsweep.example/pull-request/fruit-orchard/7|Keep, snooze, pause, or why is it dead?>",
  ],
  [
    "the pull request",
    { reportsUrl: null },
    "<https://forge.example/orchard/pull/7|Why is it dead?> · <https://forge.example/orchard/pull/7#new_comment_field|Keep or snooze it with a comment>",
  ],
])("without buttons the choices are links to %s", (_what, change, link) => {
  const said = renderDigest(morningOf([orchardNight], { ...busy, ...change }))
    .map(inText)
    .join("\n");
  expect(said).toContain(link);
  expect(said).not.toContain("[");
});

const quiet: RepoResult = { repo: repoKey("quince"), location: "quince", stages: {}, ms: {} };
const alarmed: RepoResult = {
  ...quiet,
  stages: {
    mark: { ...sweptRepo.stages.mark, alarms: [{ kind: "no-production-root", text: "No `entry` is known." }] },
  },
};
const failed = {
  kind: "failed",
  day: "2026-11-23",
  error: { code: "UNEXPECTED", message: "<!channel> `frost`", advice: "Wait for <@U1>." },
} as const;
const missing = { kind: "missing", due: "2026-11-23T01:00:00.000Z", last: "2026-11-22" } as const;
const already: RepoResult = {
  ...sweptRepo,
  stages: {
    ...sweptRepo.stages,
    publish: { forge: "local", outcomes: [{ ...sweptRepo.stages.publish.outcomes[0], kind: "already-open" }] },
  },
};
const answered: RepoStanding = {
  ...standing,
  pullRequests: [
    {
      ...known,
      branch: sweptRepo.stages.publish.outcomes[0].branch,
      state: "merged",
      night: "2026-11-23",
      endedAt: "2026-11-23T07:00:00Z",
    },
  ],
};
const nightWith = (...repos: readonly RepoResult[]): NightResult => ({ ...orchardNight, repos });

test.each<readonly [string, Morning, string | null]>([
  ["nothing was found", morningOf([nightWith(quiet)]), null],
  ["what is open was open before", morningOf([nightWith(already)]), null],
  [
    "what was opened is merged by now",
    morningOf([nightWith(sweptRepo)], { standings: new Map([[sweptRepo.repo, answered]]) }),
    null,
  ],
  [
    "a repository is reported only, as before",
    morningOf([nightWith(alarmed)], { knownAlarms: new Set(["quince"]) }),
    null,
  ],
  [
    "a repository is reported only since tonight",
    morningOf([nightWith(alarmed)]),
    "Nightsweep: 1 repository swept, nothing to review",
  ],
  [
    "nothing happened for a week",
    morningOf([nightWith(quiet)], { isWeekly: true }),
    "Nightsweep is well: a week with nothing that needs you. 1 repository swept tonight.",
  ],
  ["a night failed", morningOf([], { trouble: [failed] }), "Nightsweep: the night failed"],
  ["no night ran", morningOf([], { trouble: [missing] }), "Nightsweep: no night ran"],
  [
    "the night is at work",
    morningOf([], { atWork: { night: "2026-11-23", done: 2, total: 7 } }),
    "Nightsweep: the night is still at work",
  ],
  [
    "two nights came to something",
    morningOf([nightOf(["apple"]), orchardNight]),
    "Nightsweep: 2 pull requests to review, 1 repository needs you",
  ],
])("when %s", (_what, morning, text) => {
  expect(renderDigest(morning)[0]?.text ?? null).toBe(text);
});

test("a missing night says when it was due and what to look at; a failed one why, and its error stays text", () => {
  const [message] = renderDigest(morningOf([], { trouble: [missing, failed] }));
  expect(message === undefined ? "" : inText(message)).toBe(
    [
      "# Nightsweep: the night failed, no night ran",
      ":warning: *No night ran.* One was due at 2026-11-23 01:00 UTC. The last one was 2026-11-22.",
      "See whether `nightsweep daemon` is running; `nightsweep doctor` says what it lacks.",
      ":warning: *The night of 2026-11-23 failed as a whole*, and nothing was swept: &lt;!channel&gt; `frost`",
      "Wait for &lt;@U1&gt;.",
    ].join("\n"),
  );
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
  const full = { ...quiet, stages: { find: { candidates }, publish: { forge: "github", outcomes } } };
  const [message] = renderDigest(morningOf([nightWith(full, ...stopped)], { ...busy, hasButtons: true }));
  const blocks = message?.blocks ?? [];
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
  for (const block of blocks) if (block.type === "section") expect(block.text.text.length).toBeLessThanOrEqual(3000);
  expect(JSON.stringify(blocks)).not.toMatch(/<!channel>|<@U1>/);
  expect(JSON.stringify(message)).toMatch(/…and \d+ more in the report/);
  expect(JSON.stringify(message)).toContain("…and 34 more pull requests in the thread");
});

/** A message as one reads it: choices in brackets. */
function inText({ blocks }: SlackMessage): string {
  return blocks
    .map((block) => {
      if (block.type === "header") return `# ${block.text.text}`;
      if (block.type === "context") return `  ${block.elements.map(({ text }) => text).join(" ")}`;
      if (block.type === "divider") return "---";
      const { accessory } = block;
      const labels = accessory?.type === "overflow" ? accessory.options.map((option) => option.text.text) : [];
      return `${block.text.text}${labels.length === 0 ? "" : `\n[${labels.join(" | ")}]`}`;
    })
    .join("\n");
}
