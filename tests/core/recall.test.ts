import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/core/answer.ts";
import type { Ledger, LedgerEntry, LedgerState } from "../../src/core/ledger.ts";
import { candidateId, type CandidateId } from "../../src/core/names.ts";
import { recall } from "../../src/core/recall.ts";
import { findResurrections } from "../../src/core/resurrection.ts";
import { makeCandidate } from "../candidates.ts";

const now = "2026-11-23T02:00:00Z";
const here = candidateId("unused-export:fig:0123456789ab-aaaa");
const there = candidateId("unused-export:fig:0123456789ab-bbbb");
const changed = candidateId("unused-export:fig:ba9876543210-aaaa");

const answer = (change: Partial<Answer> = {}): Answer => ({
  kind: "keep",
  about: { kind: "candidate", id: here },
  who: "@ada",
  why: "loaded by name",
  until: null,
  source: "comment",
  at: "2026-11-01T00:00:00Z",
  url: null,
  ...change,
});

const entry = (state: LedgerState, change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: here,
  state,
  since: "2026-11-20",
  reason: null,
  firstSeen: "2026-11-01",
  lastSeen: "2026-11-22",
  deadSince: null,
  subject: null,
  members: [],
  rule: "surely-dead",
  url: null,
  mergedAt: null,
  untouched: null,
  ...change,
});

const mute = (rule: string, path: string) => answer({ kind: "mute", about: { kind: "rule", rule, path } });
const pause = answer({ kind: "pause", about: { kind: "repository" }, until: "2026-12-24" });
const withdrawal = (change: Partial<Answer> = {}) =>
  answer({ kind: "withdraw", at: "2026-11-02T00:00:00Z", ...change });
const symbol = { kind: "symbol", file: "src/fruit.ts", name: "fig" } as const;

describe("an answer", () => {
  test.each<
    readonly [name: string, ledger: Partial<Ledger>, tonight: readonly CandidateId[], hindrance: string | null]
  >([
    ["nobody gave", {}, [here], null],
    ["that stands", { answers: [answer()] }, [here], "kept @ada keeps it: loaded by name (comment)"],
    ["about other text", { answers: [answer()] }, [changed], null],
    ["about code that has moved", { answers: [answer()] }, [there], "kept @ada keeps it: loaded by name (comment)"],
    ["about the twin beside it", { answers: [answer()] }, [there, here], null],
    [
      "about a twin that is gone, seen beside it before",
      { answers: [answer()], entries: [entry("kept"), entry("reported", { id: there })] },
      [there],
      null,
    ],
    [
      "about code that moved last night",
      {
        answers: [answer()],
        entries: [entry("kept"), entry("reported", { id: there, firstSeen: "2026-11-22.2", lastSeen: "2026-11-22.2" })],
      },
      [there],
      "kept @ada keeps it: loaded by name (comment)",
    ],
    [
      "for a while",
      { answers: [answer({ until: "2026-11-23" })] },
      [here],
      "kept @ada keeps it: loaded by name (comment, until 2026-11-23)",
    ],
    [
      "whose time is up, the first night",
      { answers: [answer({ until: "2026-11-22" })], entries: [entry("kept")] },
      [here],
      "expired its time is up, so it may be proposed from the next night on: @ada keeps it: loaded by name (comment, until 2026-11-22)",
    ],
    [
      "whose time is up, from then on",
      { answers: [answer({ until: "2026-11-22" })], entries: [entry("expired")] },
      [here],
      null,
    ],
    ["that was taken back", { answers: [answer(), withdrawal()] }, [here], null],
    [
      "that another source takes back",
      { answers: [answer(), withdrawal({ source: "label" })] },
      [here],
      "kept @ada keeps it: loaded by name (comment)",
    ],
    ["that an owner takes back", { answers: [answer(), withdrawal({ source: "command" })] }, [here], null],
    [
      "in the code, which no command takes back",
      { answers: [answer({ source: "annotation", about: symbol }), withdrawal({ source: "command", about: symbol })] },
      [here],
      "kept @ada keeps it: loaded by name (annotation)",
    ],
    [
      "about its declaration",
      { answers: [answer({ about: symbol })] },
      [changed],
      "kept @ada keeps it: loaded by name (comment)",
    ],
    ["about another declaration", { answers: [answer({ about: { ...symbol, name: "figs" } })] }, [here], null],
    [
      "that puts it off",
      { answers: [answer({ kind: "snooze", until: "2026-12-01", why: null })] },
      [here],
      "snoozed @ada put it off (comment, until 2026-12-01)",
    ],
    [
      "to its rule",
      { answers: [mute("surely-dead", "src/**")] },
      [here],
      "muted @ada silenced the rule surely-dead in src/**: loaded by name (comment)",
    ],
    ["to its rule elsewhere", { answers: [mute("surely-dead", "lib/**")] }, [here], null],
    ["to another rule", { answers: [mute("dead-locals", "src/**")] }, [here], null],
    [
      "to every rule",
      { answers: [mute("*", "src/**")] },
      [here],
      "muted @ada silenced every rule in src/**: loaded by name (comment)",
    ],
    [
      "to the repository",
      { answers: [pause] },
      [here],
      "paused @ada paused the repository: loaded by name (comment, until 2026-12-24)",
    ],
    ["to the repository, over", { answers: [{ ...pause, until: "2026-11-22" }] }, [here], null],
    [
      "of a merge, though it is there",
      { entries: [entry("merged", { url: "https://forge/7" })] },
      [here],
      "merged https://forge/7 was merged, and the code is there again",
    ],
    [
      "of a check",
      { entries: [entry("culprit", { reason: "npm test" })] },
      [here],
      "culprit it broke a check in the night 2026-11-22: npm test",
    ],
    [
      "of a check, moved",
      { entries: [entry("culprit", { reason: "npm test" })] },
      [there],
      "culprit it broke a check in the night 2026-11-22: npm test",
    ],
    ["of a revert", { entries: [entry("reverted")] }, [here], "reverted its deletion was taken back on 2026-11-20"],
    ["that never came", { entries: [entry("proposed")] }, [here], null],
  ])("%s", (_name, { entries = [], answers = [] }, tonight, hindrance) => {
    const found = recall(
      { entries, answers },
      tonight,
      now,
    )({ candidate: { ...makeCandidate("fig"), id: tonight[0] ?? here }, rule: "surely-dead" });
    expect(found === null ? null : `${found.rule} ${found.because}`).toBe(hindrance);
  });
});

describe("what was merged away", () => {
  const member = { file: "src/fig.ts", name: "peel", hash: "0123456789ab", isShared: false };
  const merged = (change: Partial<LedgerEntry> = {}) =>
    entry("merged", { mergedAt: "2026-11-01T00:00:00Z", members: [member], ...change });
  const declared = { file: "src/fig.ts", name: "peel", hash: "ffffffffffff" };

  test.each<
    readonly [name: string, entry: LedgerEntry, declarations: readonly (typeof declared)[], how: string | null]
  >([
    ["is gone", merged(), [{ ...declared, name: "pear" }], null],
    [
      "is back with its text in another package",
      merged(),
      [{ ...declared, file: "lib/fig.ts", hash: member.hash }],
      "same-text",
    ],
    ["is back in its file", merged(), [declared], "same-name"],
    ["is back in its package", merged(), [{ ...declared, file: "src/pear.ts" }], "same-name"],
    ["has a namesake in another package", merged(), [{ ...declared, file: "lib/pear.ts" }], null],
    [
      "had a namesake all the time",
      merged({ members: [{ ...member, isShared: true }] }),
      [{ ...declared, file: "src/pear.ts" }],
      null,
    ],
    [
      "had a twin all the time",
      merged({ members: [{ ...member, isShared: true }] }),
      [{ ...declared, file: "src/pear.ts", hash: member.hash }],
      null,
    ],
    [
      "had a namesake and is back in its file",
      merged({ members: [{ ...member, isShared: true }] }),
      [declared],
      "same-name",
    ],
    ["is back after a hundred days", merged({ mergedAt: "2026-08-10" }), [declared], null],
    ["was never merged", entry("proposed", { members: [member] }), [declared], null],
    ["is known to be back", entry("resurrected", { mergedAt: "2026-11-01", members: [member] }), [declared], null],
    ["was a word, not a declaration", merged({ id: candidateId("surplus-export:peel:0") }), [declared], null],
  ])("%s", (_name, given, declarations, how) => {
    const packageOf = (file: string) => file.split("/")[0] ?? "";
    expect(findResurrections([given], { declarations, packageOf, now }).map((found) => found.how)).toEqual(
      how === null ? [] : [how],
    );
  });
});
