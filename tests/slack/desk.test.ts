import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { encodeChoice, type SlackChoice } from "../../src/core/slack-choice.ts";
import { nightId } from "../../src/core/names.ts";
import { readAnswers } from "../../src/io/answers.ts";
import { createLogger } from "../../src/io/log.ts";
import { writeRecord } from "../../src/io/records.ts";
import { recordPullRequests } from "../../src/io/remembered-pull-requests.ts";
import { postDigest } from "../../src/io/slack-bot.ts";
import { connectSlack } from "../../src/io/slack-client.ts";
import { listenToSlack } from "../../src/io/slack-socket.ts";
import { beginNight, openStore } from "../../src/io/store.ts";
import { renderDigest } from "../../src/report/slack/digest.ts";
import { answerInteraction } from "../../src/slack-desk.ts";
import { orchardNight, sweptRepo } from "../report/orchard-night.ts";
import { fakeSlack } from "./fake-slack.ts";
import { fakeSocket, type Hand } from "./fake-socket.ts";
import { morningOf } from "./mornings.ts";

const orchard = sweptRepo.repo;
const night = nightId("2026-11-23");
const [outcome] = sweptRepo.stages.publish.outcomes;
const line = `ns.${orchard}.7`;
const stopLine = "ns.fruit-plum.stop";
const ana = "U0ANA";
const bob = "U0BOB";
const stranger = "U0STRANGER";
const about = (kind: SlackChoice["kind"], number: number | null = 7) =>
  encodeChoice({ kind, repo: orchard, number }) ?? "";

test("keep asks why, notes it for each candidate, says so in the line, and can be taken back", async () => {
  await using desk = await openDesk();
  await desk.socket.choose(desk.hand(ana), line, about("keep"));
  await vi.waitUntil(() => desk.slack.modals.length === 1);
  const { private_metadata } = desk.slack.modals[0]?.view ?? { private_metadata: "" };
  await desk.socket.submit(ana, private_metadata, "The <!here> app calls it");
  await desk.waitForLine("→ <@U0ANA>: kept: The &lt;!here&gt; app calls it");
  const ids = outcome.candidates;
  expect(await desk.answers()).toEqual(ids.map((id) => `keep ${id} ana: The <!here> app calls it`));
  expect(desk.beside(line)).toEqual(["Take it back"]);
  await desk.socket.press(desk.hand(ana), line, about("undo"));
  await desk.waitForLine("→ <@U0ANA>: taken back");
  expect((await desk.answers()).slice(ids.length)).toEqual(ids.map((id) => `withdraw ${id} ana: `));
  expect(desk.beside(line)).toContain("Keep all of this…");
});

test.each<readonly [string, string, string, readonly string[]]>([
  [line, about("snooze"), "→ <@U0ANA>: put off until 2026-12-23", outcome.candidates.map((id) => `snooze ${id} ana: `)],
  [line, about("pause", null), "→ <@U0ANA>: paused until 2026-11-30", ["pause repository ana: "]],
  [stopLine, about("retry", null).replace(orchard, "fruit-plum"), "→ <@U0ANA>: to be swept again", []],
])("in the line %s, %s is noted and shown", async (block, value, shown, noted) => {
  await using desk = await openDesk();
  await desk.socket.choose(desk.hand(ana), block, value);
  await desk.waitForLine(shown);
  expect(await desk.answers()).toEqual(noted);
});

test.each<readonly [string, string, string, string]>([
  ["nobody knows", stranger, about("snooze"), "nightsweep does not know your GitHub account"],
  ["has no write access", bob, about("pause", null), "bob has no write access to fruit-orchard"],
  ["chooses what is not remembered", ana, about("snooze", 99), "no pull request #99"],
])("whoever %s is told so alone, and nothing is noted", async (_what, user, value, said) => {
  await using desk = await openDesk();
  const before = JSON.stringify(desk.slack.posted);
  await desk.socket.choose(desk.hand(user), line, value);
  await vi.waitUntil(() => desk.slack.whispers.length === 1);
  expect(desk.slack.whispers[0]).toMatchObject({ user });
  expect(desk.slack.whispers[0]?.text).toContain(said);
  expect(await desk.answers()).toEqual([]);
  expect(JSON.stringify(desk.slack.posted)).toBe(before);
});

test("write access is asked again when the reason comes", async () => {
  await using desk = await openDesk();
  await desk.socket.choose(desk.hand(bob), line, about("keep"));
  await vi.waitUntil(() => desk.slack.modals.length === 1);
  await desk.socket.submit(bob, desk.slack.modals[0]?.view.private_metadata ?? "", "I like it");
  await vi.waitUntil(() => desk.slack.whispers.length === 1);
  expect(desk.slack.whispers[0]?.text).toContain("bob has no write access");
  expect(await desk.answers()).toEqual([]);
});

test("why is it dead is answered with the evidence, to whoever asks", async () => {
  await using desk = await openDesk();
  await desk.socket.choose(desk.hand(stranger), line, about("why"));
  await vi.waitUntil(() => desk.slack.whispers.length === 1);
  expect(desk.slack.whispers[0]?.text).toContain("`ripen` in `src/fruit.ts:5`\n  • No root reaches `ripen`.");
});

test("answers to two lines at once both stay, and a connection that Slack ends is made again", async () => {
  await using desk = await openDesk();
  // The second comes while the first is being answered.
  await desk.socket.choose(desk.hand(ana), line, about("snooze"));
  await desk.socket.choose(desk.hand(ana), stopLine, about("pause", null).replace(orchard, "fruit-plum"));
  await desk.waitForLine("→ <@U0ANA>: put off");
  await desk.waitForLine("→ <@U0ANA>: paused");
  await desk.socket.recycle();
  await desk.socket.press(desk.hand(ana), line, about("undo"));
  await desk.waitForLine("→ <@U0ANA>: taken back");
  expect(desk.socket.connections()).toBe(2);
});

test("what is none of ours is acknowledged and left alone", async () => {
  await using desk = await openDesk();
  for (const value of ["keep|fruit-orchard|7|x", "burn|fruit-orchard|7", "keep|../etc|7", ""])
    await desk.socket.choose(desk.hand(ana), line, value);
  await desk.socket.choose(desk.hand(stranger), line, about("why"));
  await vi.waitUntil(() => desk.slack.whispers.length === 1);
  expect(await desk.answers()).toEqual([]);
  expect(desk.slack.modals).toEqual([]);
});

/** A morning that was posted, a store that remembers its pull request, and somebody who listens. */
async function openDesk() {
  const directory = await mkdtemp(path.join(tmpdir(), "nightsweep-desk-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const slack = await fakeSlack();
  const socket = fakeSocket(slack.server);
  const store = await openStore(path.join(directory, "state"));
  const now = new Date("2026-11-23T08:30:00Z");
  const repos = [{ repo: orchard, location: "orchard" }];
  await beginNight(store, { day: night, now: now.toISOString(), dryRun: false, configHash: "x", repos });
  const { branch, url, candidates } = outcome;
  const pullRequest = { branch, url, candidates, number: 7, state: "open", head: "a" } as const;
  await recordPullRequests(store, { night, repo: orchard, pullRequests: [pullRequest] });
  const reports = { directory, mask: (text: string) => text };
  const output = sweptRepo.stages.find;
  await writeRecord(reports, { format: 1, night, repo: orchard, stage: "find", startedAt: "x", ms: 5, output });
  const signal = new AbortController().signal;
  const ask = connectSlack({ token: "pear", baseUrl: slack.baseUrl, mask: (text) => text, signal });
  const messages = renderDigest(morningOf([orchardNight], { hasButtons: true }));
  await postDigest({ ask, channel: "C012AB3CD", digest: "x", messages, now, signal });
  const problems: string[] = [];
  const logger = createLogger({
    level: "error",
    destination: { write: (text) => problems.push(text) },
    mask: (text) => text,
  });
  const listening = listenToSlack({
    ...{ appToken: "xapp-pear", baseUrl: slack.baseUrl, signal },
    onInteraction: (body) =>
      answerInteraction(
        {
          ...{ ask, store, logger, reportsDirectory: directory, now: () => now },
          owners: { ana, bob },
          mayWrite: (_repo, login) => Promise.resolve(login === "ana"),
        },
        body,
      ),
    onProblem: (problem) => problems.push(problem),
  });
  const blocks = () => slack.posted[0]?.blocks ?? [];
  return {
    slack,
    socket,
    hand: (user: string): Hand => ({ user, channel: "C012AB3CD", ts: slack.posted[0]?.ts ?? "" }),
    answers: async () =>
      (await readAnswers(store, orchard)).map(
        ({ kind, about: on, who, why }) => `${kind} ${on.kind === "candidate" ? on.id : on.kind} ${who}: ${why ?? ""}`,
      ),
    waitForLine: (text: string) => vi.waitUntil(() => JSON.stringify(blocks()).includes(text)),
    beside: (block: string) => {
      const found = blocks().find((one) => one.type === "section" && one.block_id === block);
      if (found?.type !== "section") return [];
      const { accessory } = found;
      return accessory?.type === "button"
        ? [accessory.text.text]
        : (accessory?.options ?? []).map((option) => option.text.text);
    },
    [Symbol.asyncDispose]: async () => {
      await listening[Symbol.asyncDispose]();
      socket[Symbol.dispose]();
      await slack[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      expect(problems).toEqual([]);
    },
  };
}
