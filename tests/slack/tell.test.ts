import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { configSchema, type Config } from "../../src/core/config.ts";
import { nightId, repoKey } from "../../src/core/names.ts";
import { stages, type NightResult, type RepoResult } from "../../src/core/stage.ts";
import { beginNight, finishNight, finishRepo, openStore, type Store } from "../../src/io/store.ts";
import { writeNight, writeRecord } from "../../src/io/records.ts";
import { tellDueDigests, tellFailure, type Desk } from "../../src/tell-digests.ts";
import { orchardNight, sweptRepo } from "../report/orchard-night.ts";
import { fakeSlack, type Fault } from "./fake-slack.ts";

const daily = { channel: "C012AB3CD", at: "08:30", timeZone: "Europe/Berlin" } as const;
const office = { channel: "C0OFFICE", at: "09:00", days: ["mon", "tue", "wed", "thu", "fri"] } as const;
const plum = repoKey("fruit/plum");
const quiet: RepoResult = { repo: plum, location: "../fruit/plum", stages: {}, ms: {} };

test("each channel hears at its own hour, once, of its own repositories", async () => {
  await using morning = await startMorning({
    channels: [daily, { ...office, repositories: ["fruit-plum"] }, { ...office, channel: "C0BERRIES" }],
  });
  await morning.night("2026-11-24", [sweptRepo, quiet]);
  await morning.tellAt("2026-11-24T07:29:00Z", "2026-11-24T07:30:00Z", "2026-11-24T07:31:00Z");
  expect(morning.heard()).toEqual(["C012AB3CD Nightsweep: 1 pull request to review"]);
  await morning.tellAt("2026-11-24T09:00:00Z", "2026-11-24T09:01:00Z", "2026-11-24T22:00:00Z");
  expect(morning.heard()).toEqual([
    "C012AB3CD Nightsweep: 1 pull request to review",
    "C0BERRIES Nightsweep: 1 pull request to review",
  ]);
});

test("what happened while a channel has its weekend is told on Monday", async () => {
  await using morning = await startMorning({ channels: [office] });
  await morning.night("2026-11-27", [sweptRepo]);
  await morning.tellAt("2026-11-27T09:00:00Z");
  await morning.night("2026-11-28", [sweptRepo]);
  await morning.tellAt("2026-11-28T09:00:00Z", "2026-11-29T09:00:00Z");
  await morning.night("2026-11-30", [quiet]);
  await morning.tellAt("2026-11-30T09:00:00Z");
  const text = "C0OFFICE Nightsweep: 1 pull request to review";
  expect(morning.heard()).toEqual([text, text]);
});

test("a missing night speaks, an empty one does not, and a quiet week has one line", async () => {
  await using morning = await startMorning({ channels: [daily] });
  await morning.tellAt("2026-11-02T07:30:00Z");
  // Before the first digest of a channel no night can be missing.
  expect(morning.heard()).toEqual([]);
  for (let day = 3; day <= 9; day += 1) {
    const date = `2026-11-${String(day).padStart(2, "0")}`;
    if (day !== 5) await morning.night(date, [quiet]);
    await morning.tellAt(`${date}T07:30:00Z`);
  }
  expect(morning.heard()).toEqual(["C012AB3CD Nightsweep: no night ran"]);
  for (let day = 10; day <= 14; day += 1) {
    await morning.night(`2026-11-${day}`, [quiet]);
    await morning.tellAt(`2026-11-${day}T07:30:00Z`);
  }
  expect(morning.heard().slice(1)).toEqual([
    "C012AB3CD Nightsweep is well: a week with nothing that needs you. 1 repository swept tonight.",
  ]);
});

test("a night that failed as a whole is told with its reason at the hour, and is not called missing", async () => {
  await using morning = await startMorning({ channels: [daily] });
  await morning.tellAt("2026-11-23T07:30:00Z");
  await morning.fail("2026-11-24T01:00:00Z");
  await morning.tellAt("2026-11-24T07:30:00Z", "2026-11-25T07:30:00Z");
  expect(morning.heard()).toEqual(["C012AB3CD Nightsweep: the night failed", "C012AB3CD Nightsweep: no night ran"]);
  expect(JSON.stringify(morning.slack.posted[0])).toContain("the policy is frozen");
});

test("a channel without an hour hears of a failure at once", async () => {
  await using morning = await startMorning({ channel: "C012AB3CD" });
  await morning.fail("2026-11-24T01:00:00Z");
  expect(morning.heard()).toEqual(["C012AB3CD Nightsweep: the night failed"]);
});

test("a night that has not ended is told as far as it came, and the rest the next day", async () => {
  await using morning = await startMorning({ channels: [daily] });
  await morning.night("2026-11-24", [quiet, sweptRepo], { done: 1 });
  await morning.tellAt("2026-11-24T07:30:00Z");
  expect(morning.heard()).toEqual(["C012AB3CD Nightsweep: the night is still at work"]);
  await morning.finish("2026-11-24T08:00:00Z");
  await morning.night("2026-11-25", [quiet]);
  await morning.tellAt("2026-11-25T07:30:00Z");
  expect(morning.heard().slice(1)).toEqual(["C012AB3CD Nightsweep: 1 pull request to review"]);
});

test.each<readonly [string, readonly Fault[], object]>([
  ["a bot's post that was lost is found", ["lose the answer"], { posted: 1, hooked: 0 }],
  ["a bot is asked again in the next minute", ["hang up", "hang up", "hang up"], { posted: 1, hooked: 0 }],
])("exactly one message: %s", async (_what, faults, counts) => {
  await using morning = await startMorning({ channels: [daily] }, faults);
  await morning.night("2026-11-24", [sweptRepo]);
  await morning.tellAt("2026-11-24T07:30:00Z", "2026-11-24T07:31:00Z", "2026-11-24T07:32:00Z");
  const inChannel = morning.slack.posted.filter(({ thread_ts }) => thread_ts === undefined);
  expect({ posted: inChannel.length, hooked: morning.slack.hooked.length }).toEqual(counts);
});

test.each<readonly [string, readonly Fault[], number]>([
  ["an answer that was lost is not asked for again", ["lose the answer"], 1],
  ["a broken connection may have been a post, so it is left at that", ["hang up"], 0],
  ["a refusal is tried again", ["429", "429"], 1],
])("exactly one message of a webhook, or none: %s", async (_what, faults, count) => {
  await using morning = await startMorning({ channels: [{ webhookEnv: "HOOK", at: "08:30" }] }, faults);
  await morning.night("2026-11-24", [sweptRepo]);
  await morning.tellAt("2026-11-24T08:30:00Z", "2026-11-24T08:31:00Z", "2026-11-24T08:32:00Z");
  expect(morning.slack.hooked).toHaveLength(count);
});

test("of two processes that tell at the same time one does", async () => {
  await using morning = await startMorning({ channels: [daily] });
  await morning.night("2026-11-24", [sweptRepo]);
  await Promise.all([morning.tellAt("2026-11-24T07:30:00Z"), morning.tellAt("2026-11-24T07:30:00Z")]);
  expect(morning.heard()).toHaveLength(1);
});

/** A state folder, a fake Slack, and nights that are planted in both store and records. */
async function startMorning(slackConfig: object, faults: readonly Fault[] = []) {
  const directory = await mkdtemp(path.join(tmpdir(), "nightsweep-morning-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const slack = await fakeSlack(faults);
  const config: Config = configSchema.parse({
    repositories: ["../fruit/orchard", "../fruit/plum"],
    slack: { tokenEnv: "BOT", ...slackConfig },
  });
  const loaded = {
    ...config,
    file: null,
    directory,
    stateDirectory: path.join(directory, "state"),
    reportsDirectory: path.join(directory, "reports"),
    repositories: [sweptRepo, quiet].map(({ repo, location }) => ({ key: repo, location })),
  };
  const store = await openStore(loaded.stateDirectory);
  const deskAt = (now: string): Desk => ({
    config: loaded,
    environment: { BOT: "pear", HOOK: slack.webhookUrl },
    mask: (text) => text,
    signal: new AbortController().signal,
    now: () => new Date(now),
    slackUrl: slack.baseUrl,
  });
  let unfinished: NightResult | null = null;
  return {
    slack,
    /** What stands in each channel, threads left out. */
    heard: () =>
      slack.posted.flatMap(({ channel, thread_ts, text }) => (thread_ts === undefined ? [`${channel} ${text}`] : [])),
    tellAt: async (...moments: readonly string[]) => {
      for (const moment of moments) await tellDueDigests(deskAt(moment), store);
    },
    fail: async (moment: string) => {
      const error = { code: "POLICY_INVALID", message: "the policy is frozen", advice: "Thaw it." } as const;
      await tellFailure(deskAt(moment), error);
    },
    night: async (day: string, repos: readonly RepoResult[], { done = repos.length } = {}) => {
      const result = { ...orchardNight, night: nightId(day), startedAt: `${day}T01:00:00.000Z`, repos };
      await plant(store, loaded.reportsDirectory, result, { done, at: `${day}T03:00:00.000Z` });
      unfinished = done < repos.length ? { ...result, repos: repos.slice(done) } : null;
    },
    finish: async (at: string) => {
      if (unfinished === null) throw new Error("every night is over");
      for (const { repo } of unfinished.repos) await finishRepo(store, { night: unfinished.night, repo, now: at });
      await finishNight(store, unfinished.night, at);
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}

async function plant(
  store: Store,
  directory: string,
  result: NightResult,
  { done, at }: { readonly done: number; readonly at: string },
): Promise<void> {
  const { night, startedAt, repos } = result;
  const planned = repos.map(({ repo, location }) => ({ repo, location }));
  await beginNight(store, { day: night, now: startedAt, dryRun: false, configHash: "x", repos: planned });
  const reports = { directory, mask: (text: string) => text };
  for (const { repo, stages: outputs } of repos)
    for (const stage of stages) {
      const output = outputs[stage];
      if (output !== undefined) await writeRecord(reports, { format: 1, night, repo, stage, startedAt, ms: 5, output });
    }
  await writeNight(reports, result);
  for (const { repo } of repos.slice(0, done)) await finishRepo(store, { night, repo, now: at });
  if (done === repos.length) await finishNight(store, night, at);
}
