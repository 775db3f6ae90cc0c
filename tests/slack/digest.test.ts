import { describe, expect, test } from "vitest";
import { nightId, repoKey } from "../../src/core/names.ts";
import type { NightResult, RepoResult } from "../../src/core/stage.ts";
import type { RepoStanding } from "../../src/core/standing.ts";
import { postDigest } from "../../src/io/slack-bot.ts";
import { renderDigest, renderFailure } from "../../src/report/slack.ts";
import { candidate, orchardNight } from "../report/orchard-night.ts";
import { fakeSlack, type Fault } from "./fake-slack.ts";

const night = nightId("2026-11-23");
const noBackground = { standings: new Map<string, RepoStanding>(), owners: new Map<string, string>() };

/** A night of one repository with a pull request for each name. */
function nightOf(names: readonly string[], branch = "nightsweep/unused-export/src"): NightResult {
  const candidates = names.map((name, index) =>
    candidate(`fruit${index}`, { subject: { file: "src/fruit.ts", name, line: 1 } }),
  );
  const outcomes = candidates.map(({ id }, index) => ({
    kind: "opened" as const,
    branch: `${branch}-${index}`,
    url: `https://forge.example/pull/${index}`,
    candidates: [id],
  }));
  const repo: RepoResult = {
    repo: repoKey("fruit/orchard"),
    location: "orchard",
    ms: {},
    stages: { find: { candidates }, publish: { forge: "github", outcomes } },
  };
  return { ...orchardNight, night, repos: [repo] };
}

const hostile = ["<!channel>", "<@U1|x> & <https://evil.example|fruit>", "`*~_", "&".repeat(4096), "\u202egnp\u202c"];
const nights: Readonly<Record<string, readonly [NightResult, messages: number]>> = {
  "an empty night": [nightOf([]), 0],
  "one pull request": [nightOf(["apple"]), 1],
  "200 pull requests": [nightOf(Array.from({ length: 200 }, (_, index) => `apple${index}`)), 26],
  "hostile names": [nightOf(hostile, "<!here>&".repeat(300)), 1],
};

describe.each(Object.entries(nights))("the messages of %s", (_what, [result, messages]) => {
  test("are within Slack's limits, and mention nobody", async () => {
    await using slack = await fakeSlack();
    expect(await send(slack.baseUrl, result)).toEqual({ kind: "sent" });
    expect(slack.posted).toHaveLength(messages);
    expect(new Set(slack.posted.slice(1).map(({ thread_ts }) => thread_ts))).toEqual(
      new Set(messages > 1 ? [slack.posted[0]?.ts] : []),
    );
    expect(JSON.stringify(slack.posted)).not.toMatch(/<!|<@|<https:\/\/evil|\u202e/);
  });
});

test("in 200 pull requests each is said once, the six largest in the channel", async () => {
  await using slack = await fakeSlack();
  await send(slack.baseUrl, nights["200 pull requests"]?.[0] ?? orchardNight);
  const places = slack.posted.map(({ blocks }) => [...JSON.stringify(blocks).matchAll(/pull\/(\d+)\|/g)].length);
  expect(places[0]).toBe(6);
  expect(places.reduce((sum, count) => sum + count, 0)).toBe(200);
});

test.each<readonly [string, readonly Fault[]]>([
  ["nothing goes wrong", []],
  ["Slack asks to slow down", ["429"]],
  ["the connection breaks before anything was done", ["hang up"]],
  ["the answer is lost after the post", ["lose the answer"]],
  ["a gateway fails after the post", ["502 after the work"]],
  ["a proxy answers instead, twice", ["a page of a proxy", "a page of a proxy"]],
  ["the last attempt works without an answer", ["hang up", "429", "lose the answer"]],
])("there is exactly one message when %s, and none more when the night is told again", async (_what, faults) => {
  await using slack = await fakeSlack(faults);
  expect(await send(slack.baseUrl, nightOf(["apple"]))).toEqual({ kind: "sent" });
  expect(await send(slack.baseUrl, nightOf(["apple"]))).toEqual({ kind: "sent" });
  expect(slack.posted).toHaveLength(1);
});

test("a Slack that never takes it is said, and a post that may have worked is not made twice", async () => {
  await using slack = await fakeSlack(["hang up", "hang up", "hang up"]);
  expect(await send(slack.baseUrl, nightOf(["apple"]))).toEqual({
    kind: "failed",
    reason: "Slack did not answer, 3 times",
  });
  expect(slack.posted).toHaveLength(0);
  expect(await send("http://127.0.0.1:1", nightOf(["apple"]))).toMatchObject({ kind: "failed" });
});

test("a night that failed says why, and what a hostile error says stays text", () => {
  const error = { code: "UNEXPECTED", message: "<!channel> `frost`", advice: "Wait for spring & <@U1>." } as const;
  expect(renderFailure("2026-11-23", error)).toMatchObject({
    text: "Nightsweep: the night of 2026-11-23 failed",
    blocks: [
      { type: "header" },
      { text: { text: ":warning: &lt;!channel&gt; 'frost'\nWait for spring &amp; &lt;@U1&gt;." } },
    ],
  });
});

test("owners are mentioned by their login, and what waits is said with its age", () => {
  const known = { branch: "b", number: 1, url: "u", candidates: [], endedAt: null };
  const standing: RepoStanding = {
    pullRequests: [
      { ...known, state: "open", night: "2026-11-14" },
      { ...known, state: "merged", night: "2026-11-20" },
      { ...known, state: "closed", night: "2026-09-01" },
    ],
    merged: 1,
    untouched: 1,
    refused: 0,
    resurrected: 0,
  };
  const [message] = renderDigest(nightOf(["apple"]), {
    standings: new Map([["fruit-orchard", standing]]),
    owners: new Map([["fruit/growers", "U012AB3CD"]]),
  });
  const text = JSON.stringify(message);
  expect(text).toContain("Owner <@U012AB3CD>");
  expect(text).toContain("Still waiting: 1 older pull request, the oldest for 9 days.");
  expect(text).toContain("Last 30 days: 2 opened, 1 merged, 0 closed, 1 open.");
});

function send(baseUrl: string, result: NightResult) {
  return postDigest({
    token: "pear",
    channel: "C012AB3CD",
    baseUrl,
    night,
    messages: renderDigest(result, noBackground),
    mask: (text) => text,
    now: new Date("2026-11-23T08:30:00Z"),
    signal: new AbortController().signal,
  });
}
