import { expect, test } from "vitest";
import type { Answer } from "../../src/core/answer.ts";
import { candidateId, repoKey, type NightId } from "../../src/core/names.ts";
import { readAnswers, recordAnswer } from "../../src/io/answers.ts";
import { readEvents, readLedger, recordCandidates, recordOutcome } from "../../src/io/ledger.ts";
import { readPullRequests, recordPullRequests } from "../../src/io/remembered-pull-requests.ts";
import { beginNight, openStore, type Store } from "../../src/io/store.ts";
import { recordResurrections, recordRevert } from "../../src/io/taken-back.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const pear = repoKey("orchard/pear");
const unripe = candidateId("unused-export:unripe:1a2b");
const stone = candidateId("unused-export:stone:3c4d");
const day = "2026-11-23";
const url = "https://forge.example/7";
const pullRequest = { branch: "nightsweep/unused-export/src-1", number: 7, url, head: "a".repeat(40) };
const subject = { file: "src/pear.ts", name: "unripe" };
const members = [{ ...subject, hash: "0123456789ab", isShared: false }];
const keep: Answer = {
  kind: "keep",
  about: { kind: "candidate", id: unripe },
  who: "@ada",
  why: "loaded by name",
  until: null,
  source: "label",
  at: "2026-11-23T09:00:00Z",
  url,
};

async function withStore(
  work: (store: Store, nightOf: (date: string, dryRun?: boolean) => Promise<NightId>) => Promise<void>,
) {
  await using folder = await temporaryFolder();
  await using store = await openStore(folder.path);
  await work(store, async (date, dryRun = false) => {
    const plan = { day: date, now: `${date}T01:00:00.000Z`, dryRun, configHash: "fig", repos: [] };
    return (await beginNight(store, plan)).night;
  });
}

const stateOf = async (store: Store) => (await readLedger(store, pear)).entries.find(({ id }) => id === unripe)?.state;

test("the time that something was dead goes on until a night does not find it", () =>
  withStore(async (store, nightOf) => {
    const deadSince = async () =>
      Object.fromEntries((await readLedger(store, pear)).entries.map((entry) => [entry.id, entry.deadSince]));
    const record = async (night: NightId, found: Readonly<Record<string, string>>) => {
      const candidates = [unripe, stone].flatMap((id) =>
        found[id] === undefined ? [] : [{ id, state: "reported" as const, deadSince: found[id] }],
      );
      await recordCandidates(store, { night, repo: pear, candidates });
    };
    await record(await nightOf("2026-11-20"), { [unripe]: "2026-11-20", [stone]: "2026-11-20" });
    await record(await nightOf("2026-11-21"), { [unripe]: "2026-11-20" });
    expect(await deadSince()).toEqual({ [unripe]: "2026-11-20", [stone]: null });
    await record(await nightOf("2026-11-22", true), {});
    expect(await deadSince()).toEqual({ [unripe]: "2026-11-20", [stone]: null });
    await record(await nightOf("2026-11-23"), { [stone]: "2026-11-23" });
    expect(await deadSince()).toEqual({ [unripe]: null, [stone]: "2026-11-23" });
  }));

test("a state that is an answer stays when the candidate is seen again", () =>
  withStore(async (store, nightOf) => {
    const candidates = [
      { id: unripe, state: "untested", reason: "verifyRuns", subject, members, rule: "surely-dead" },
      { id: stone, state: "culprit", reason: "npm test" },
    ] as const;
    await recordCandidates(store, { night: await nightOf(day), repo: pear, candidates });
    const again = [unripe, stone].map((id) => ({ id, state: "reported" as const }));
    await recordCandidates(store, { night: await nightOf("2026-11-24"), repo: pear, candidates: again });
    const blank = {
      deadSince: null,
      subject: null,
      members: [],
      rule: null,
      url: null,
      mergedAt: null,
      untouched: null,
    };
    const seen = { firstSeen: day, lastSeen: "2026-11-24" };
    expect((await readLedger(store, pear)).entries).toEqual([
      { ...blank, ...seen, id: stone, state: "culprit", since: day, reason: "npm test" },
      {
        ...blank,
        ...seen,
        id: unripe,
        state: "reported",
        since: "2026-11-24",
        reason: null,
        subject,
        members,
        rule: "surely-dead",
      },
    ]);
    expect((await readEvents(store, pear, unripe)).map(({ state, at }) => `${at} ${state}`)).toEqual([
      "2026-11-23 untested",
      "2026-11-24 reported",
    ]);
    expect((await readLedger(store, repoKey("orchard/plum"))).entries).toEqual([]);
  }));

test("a pull request is followed from open to closed, open again and merged", () =>
  withStore(async (store, nightOf) => {
    const states: unknown[] = [];
    const at = "2026-11-24T10:00:00Z";
    const steps = [
      { state: "open" },
      { state: "closed", ending: { at, by: "@ada", why: "we need it" } },
      { state: "closed", ending: { at, by: "@ada", why: "we need it" } },
      { state: "open" },
      { state: "merged", ending: { at: "2026-11-26T08:00:00Z", by: "@bob", untouched: true } },
    ] as const;
    for (const [index, step] of steps.entries()) {
      const night = await nightOf(`2026-11-2${index + 3}`);
      await recordPullRequests(store, {
        night,
        repo: pear,
        pullRequests: [{ ...pullRequest, candidates: [unripe], ...step }],
      });
      states.push(await stateOf(store));
    }
    expect(states).toEqual(["proposed", "closed", "closed", "proposed", "merged"]);
    expect((await readAnswers(store, pear)).map(({ kind, who, why }) => `${who} ${kind} ${why ?? ""}`.trim())).toEqual([
      "@ada close we need it",
      "somebody withdraw",
    ]);
    const [entry] = (await readLedger(store, pear)).entries;
    expect(entry).toMatchObject({ mergedAt: "2026-11-26T08:00:00Z", untouched: true, url });
    expect(await readPullRequests(store, pear)).toMatchObject([
      { number: 7, state: "merged", endedAt: "2026-11-26T08:00:00Z", untouched: true, candidates: [unripe] },
    ]);
  }));

test("a pull request that we close ourselves is nobody's no", () =>
  withStore(async (store, nightOf) => {
    const seen = { ...pullRequest, candidates: [unripe] };
    const night = await nightOf(day);
    await recordPullRequests(store, { night, repo: pear, pullRequests: [{ ...seen, state: "open" }] });
    const ending = { at: day, by: null, byUs: true };
    await recordPullRequests(store, { night, repo: pear, pullRequests: [{ ...seen, state: "closed", ending }] });
    expect(await readAnswers(store, pear)).toEqual([]);
    expect(await stateOf(store)).toBe("expired");
  }));

test("an answer is noted once, and can be taken back and given again", () =>
  withStore(async (store) => {
    expect(await recordAnswer(store, pear, keep)).toBe(true);
    expect(await recordAnswer(store, pear, keep)).toBe(false);
    expect(await recordAnswer(store, pear, { ...keep, at: "2026-11-24T09:00:00Z" })).toBe(false);
    expect(await stateOf(store)).toBe("kept");
    const withdraw = { ...keep, kind: "withdraw", why: null } as const;
    expect(await recordAnswer(store, pear, { ...withdraw, source: "comment" })).toBe(false);
    expect(await recordAnswer(store, pear, withdraw)).toBe(true);
    expect(await recordAnswer(store, pear, withdraw)).toBe(false);
    expect(await recordAnswer(store, pear, keep)).toBe(false);
    expect(await stateOf(store)).toBe("expired");
    expect(await recordAnswer(store, pear, { ...keep, kind: "snooze", at: "2026-11-26T09:00:00Z" })).toBe(true);
    expect(await stateOf(store)).toBe("snoozed");
    expect((await readAnswers(store, pear)).map(({ kind }) => kind)).toEqual(["keep", "withdraw", "snooze"]);
  }));

test("a keep stays while its pull request is still open", () =>
  withStore(async (store, nightOf) => {
    await recordAnswer(store, pear, keep);
    const night = await nightOf(day);
    const open = { ...pullRequest, candidates: [unripe], state: "open" } as const;
    await recordPullRequests(store, { night, repo: pear, pullRequests: [open] });
    expect(await stateOf(store)).toBe("kept");
  }));

test("a revert is the last word on its candidates, and its rules rest in their folders", () =>
  withStore(async (store, nightOf) => {
    const night = await nightOf(day);
    const merged = { ...pullRequest, candidates: [unripe], state: "merged" } as const;
    const candidates = [
      { id: unripe, state: "proposed", rule: "surely-dead", subject: { ...subject, file: "src/[id]/pear.ts" } },
    ] as const;
    await recordCandidates(store, { night, repo: pear, candidates });
    await recordPullRequests(store, { night, repo: pear, pullRequests: [merged] });
    const revert = { url, at: "2026-11-25T10:00:00Z", who: "@ada", why: "the app needs it", mutes: true };
    expect(await recordRevert(store, pear, revert)).toBe(1);
    await recordPullRequests(store, { night, repo: pear, pullRequests: [merged] });
    expect(await stateOf(store)).toBe("reverted");
    expect(await readAnswers(store, pear)).toEqual([
      {
        kind: "mute",
        about: { kind: "rule", rule: "surely-dead", path: "src/\\[id\\]/**" },
        who: "@ada",
        why: "the app needs it",
        until: "2026-12-25",
        source: "night",
        at: revert.at,
        url,
      },
    ]);
  }));

test("what comes back is resurrected, and its declaration is kept for a while", () =>
  withStore(async (store, nightOf) => {
    await recordOutcome(store, pear, { id: unripe, state: "merged", at: "2026-11-01", url });
    const resurrected = [
      { id: unripe, url, rule: null, found: subject, because: "unripe is declared again in src/pear.ts" },
    ];
    await recordResurrections(store, { night: await nightOf(day, true), repo: pear, resurrected });
    expect(await stateOf(store)).toBe("merged");
    await recordResurrections(store, { night: await nightOf("2026-11-24"), repo: pear, resurrected });
    expect(await stateOf(store)).toBe("resurrected");
    expect(await readAnswers(store, pear)).toMatchObject([
      { kind: "keep", about: { kind: "symbol", ...subject }, who: "nightsweep", until: "2027-02-22" },
    ]);
  }));

test("a dry night leaves no trace", () =>
  withStore(async (store, nightOf) => {
    const night = await nightOf(day, true);
    await recordCandidates(store, { night, repo: pear, candidates: [{ id: unripe, state: "culprit" }] });
    const open = { ...pullRequest, candidates: [stone], state: "open" } as const;
    await recordPullRequests(store, { night, repo: pear, pullRequests: [open] });
    expect(await readLedger(store, pear)).toEqual({ entries: [], answers: [] });
    expect(await readPullRequests(store, pear)).toEqual([]);
  }));
