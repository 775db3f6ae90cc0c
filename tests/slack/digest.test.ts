import { describe, expect, test } from "vitest";
import type { NightResult } from "../../src/core/stage.ts";
import { postDigest } from "../../src/io/slack-bot.ts";
import { connectSlack } from "../../src/io/slack-client.ts";
import { postToWebhook } from "../../src/io/slack-webhook.ts";
import { renderDigest } from "../../src/report/slack/digest.ts";
import type { Morning } from "../../src/report/slack/morning.ts";
import { fakeSlack, type Fault } from "./fake-slack.ts";
import { morningOf, nightOf, nights } from "./mornings.ts";

const channels = ["C012AB3CD", "C0ORCHARD"] as const;
const signal = new AbortController().signal;
const mask = (text: string) => text;

describe.each(Object.entries(nights))("the messages of %s", (_what, [result, messages]) => {
  test.each([false, true])("are within Slack's limits, and mention nobody (buttons: %s)", async (hasButtons) => {
    await using slack = await fakeSlack();
    for (const channel of channels)
      expect(await send(slack, channel, result, { hasButtons })).toEqual({ kind: "sent" });
    for (const channel of channels) {
      const ours = slack.posted.filter((one) => one.channel === channel);
      expect(ours).toHaveLength(messages);
      const threads = new Set(ours.slice(1).map(({ thread_ts }) => thread_ts));
      expect(threads).toEqual(new Set(messages > 1 ? [ours[0]?.ts] : []));
    }
    expect(JSON.stringify(slack.posted)).not.toMatch(/<!|<@|<https:\/\/evil|\u202e/);
    expect(slack.refused).toEqual([]);
  });
});

test("in 200 pull requests each is said once, the six largest in the channel", async () => {
  await using slack = await fakeSlack();
  await send(slack, channels[0], nightOf(Array.from({ length: 200 }, (_, index) => `apple${index}`)), {
    hasButtons: true,
  });
  const places = slack.posted.map(({ blocks }) => [...JSON.stringify(blocks).matchAll(/pull\/(\d+)\|/g)].length);
  expect(places[0]).toBe(6);
  expect(places.reduce((sum, count) => sum + count, 0)).toBe(200);
});

const faults: readonly (readonly [string, readonly Fault[]])[] = [
  ["nothing goes wrong", []],
  ["Slack asks to slow down", ["429"]],
  ["the connection breaks before anything was done", ["hang up"]],
  ["the answer is lost after the post", ["lose the answer"]],
  ["a gateway fails after the post", ["502 after the work"]],
  ["a proxy answers instead, twice", ["a page of a proxy", "a page of a proxy"]],
  ["the last attempt works without an answer", ["hang up", "429", "lose the answer"]],
];

test.each(faults)(
  "each channel has one message when %s, and none more when it is told again",
  async (_what, script) => {
    await using slack = await fakeSlack(script);
    for (const channel of [...channels, ...channels])
      expect(await send(slack, channel, nightOf([]), { isWeekly: true })).toEqual({ kind: "sent" });
    expect(slack.posted.map(({ channel }) => channel).toSorted()).toEqual([...channels]);
  },
);

test("a Slack that never takes it is said, and a post that may have worked is not made twice", async () => {
  await using slack = await fakeSlack(["hang up", "hang up", "hang up"]);
  const answer = { kind: "failed", reason: "Slack did not answer, 3 times", isUnclear: false };
  expect(await send(slack, channels[0], nightOf(["apple"]))).toEqual(answer);
  expect(slack.posted).toHaveLength(0);
  expect(await send({ baseUrl: "http://127.0.0.1:1/api/" }, channels[0], nightOf(["apple"]))).toMatchObject({
    kind: "failed",
  });
});

test.each<readonly [Fault, object, posted: number]>([
  ["429", { kind: "sent" }, 1],
  ["hang up", { kind: "failed", isUnclear: true }, 0],
  ["lose the answer", { kind: "failed", isUnclear: true }, 1],
  ["502 after the work", { kind: "failed", isUnclear: true }, 1],
])("a webhook cannot be asked what it has: after %s it says whether it is sure", async (fault, answer, posted) => {
  await using slack = await fakeSlack([fault]);
  const [message] = renderDigest(morningOf([nightOf(["apple"])]));
  if (message === undefined) throw new Error("there is no message");
  expect(await postToWebhook({ webhookUrl: slack.webhookUrl, message, mask, signal })).toMatchObject(answer);
  expect(slack.hooked).toHaveLength(posted);
});

/** `isWeekly` makes one message of an empty night. */
function send(
  { baseUrl }: { readonly baseUrl: string },
  channel: string,
  result: NightResult,
  change: Partial<Morning> = {},
) {
  return postDigest({
    ask: connectSlack({ token: "pear", baseUrl, mask, signal }),
    channel,
    digest: `${channel} 2026-11-23`,
    messages: renderDigest(morningOf([result], change)),
    now: new Date("2026-11-23T08:30:00Z"),
    signal,
  });
}
