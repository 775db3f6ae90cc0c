import { closingLabel, type LifecycleResult } from "../../../src/core/lifecycle.ts";
import type { PullRequestMetadata } from "../../../src/core/metadata.ts";
import type { CheckState, ObservedPullRequest, PersonComment, RedCheck } from "../../../src/publish/standing-port.ts";
import type { Tonight } from "../../../src/publish/verdict.ts";
import { nightId } from "../../../src/core/names.ts";
import { base, peel, pit, ripen } from "../../report/orchard-night.ts";

const pushed = "4".repeat(40);
export const theirs = "5".repeat(40);
export const ids = [ripen.id, peel.id, pit.id];

export const metadata: PullRequestMetadata = {
  night: nightId("2026-11-20"),
  branch: "nightsweep/unused-export/src-0a1b2c3d",
  head: pushed,
  base,
  fingerprint: "0a1b2c3d",
  candidates: ids,
  rules: ["old-internal"],
};

export const opened: ObservedPullRequest = {
  number: 7,
  branch: metadata.branch,
  url: "https://forge.example/7",
  title: "Remove 3 unused exports in src",
  state: "open",
  closedBy: null,
  metadata,
  head: { commit: pushed, tree: "2".repeat(40) },
  labels: ["nightsweep"],
  draft: true,
  openedAt: "2026-11-20T02:00:00Z",
  checks: { kind: "green", names: ["e2e"] },
  conflict: false,
  queued: false,
  autoMerge: false,
  reviewers: [],
  changesRequested: false,
  comments: [],
  told: [],
  lastWordAt: null,
  revertedBy: null,
};
export const shown = { draft: false, labels: ["nightsweep", "nightsweep:ready"], reviewers: ["ana"] } as const;
export const closed = { state: "closed", head: null } as const;

export const tonight: Tonight = {
  night: nightId("2026-11-23"),
  now: "2026-11-23T02:00:00Z",
  found: [ripen, peel, pit],
  refusals: new Map(),
  elsewhere: new Map(),
  accused: new Set(),
  trial: undefined,
  forgeTests: null,
  automergeHindrance: "the policy does not let all of it merge itself",
  patience: { remindAfterDays: 7, expireAfterDays: 14, restDays: 90, ciRounds: 2 },
};
export const survived = (...candidates: typeof ids) => ({ trial: { kind: "survived", candidates } }) as const;

export const comment = (text: string, change: Partial<PersonComment> = {}): PersonComment => ({
  ...{ id: 31, author: "ana", mayWrite: true, text, at: "2026-11-22T10:00:00Z" },
  ...change,
});
export const red = (check: Partial<RedCheck> = {}): CheckState => ({
  kind: "red",
  red: [{ name: "e2e", text: "", onBase: "green", ...check }],
});
export const closing = (result: LifecycleResult) => [
  `label ${closingLabel(result)}`,
  "comment: closing",
  "close",
  "delete its branch",
];
export const silently = (result: LifecycleResult) => closing(result).filter((action) => !action.startsWith("comment"));

/** One case: what is true of the pull request and of the night, and what then becomes of it. */
export type Row = readonly [
  what: string,
  observed: Partial<ObservedPullRequest>,
  tonight: Partial<Tonight>,
  result: LifecycleResult,
  done: readonly string[],
];
