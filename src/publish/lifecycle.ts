import type { LifecycleResult } from "../core/lifecycle.ts";
import { counted, codeSpan } from "../core/markdown.ts";
import type { PullRequestMetadata } from "../core/metadata.ts";
import { answered, repliesTo } from "./answers.ts";
import { closeIt, remakeIt } from "./closing.ts";
import { pickFound, verdictOfClosed, verdictOfMerged } from "./ended.ts";
import { checked } from "./lifecycle-checks.ts";
import type { ObservedPullRequest } from "./standing-port.ts";
import { dateAfter, daysBetween, remember, type Gate, type Standing, type Tonight, type Verdict } from "./verdict.ts";
import { namesOf } from "./words.ts";

/** With this label a branch that a person has worked on stays theirs, whatever its tip is later. */
const handsOffLabel = "nightsweep:hands-off";

/**
 * What a night makes of one of our pull requests: a pure function of what the forge says, of what is wanted tonight and of
 * how making it anew went. It is asked twice: before the checks run, to know what must be tried, and again right before
 * anything is written. Assumes nothing about who wrote the description: what does not fit means hands off.
 */
export function judgeStanding(observed: ObservedPullRequest, tonight: Tonight): Verdict {
  if (observed.state === "merged") return verdictOfMerged(observed, tonight);
  if (observed.state === "closed") return verdictOfClosed(observed);
  const own = ownOf(observed);
  if (typeof own === "string") return handsOff(observed, own);
  const standing = standingOf(observed, own, tonight);
  const replies = repliesTo(observed, tonight);
  for (const gate of gates) {
    const verdict = gate(standing, tonight);
    if (verdict !== null) return { ...verdict, actions: [...replies, ...verdict.actions] };
  }
  throw new Error("the last gate decides always");
}

/** In this order: what people said comes before everything, and nothing is pushed to what waits in a merge queue. */
const gates: readonly Gate[] = [
  answered,
  queued,
  duplicate,
  needless,
  unfinished,
  shrunk,
  conflicting,
  checked,
  lateGate,
];

/** Its metadata, or why it is not ours any more. Whatever is unknown counts as touched. */
function ownOf({ metadata, head, labels, branch }: ObservedPullRequest): PullRequestMetadata | string {
  if (labels.includes(handsOffLabel)) return "a person has worked on it";
  if (metadata === null) return "its hidden metadata is gone or changed";
  if (metadata.branch !== branch) return "its hidden metadata is about another branch";
  if (head === null) return "the tip of its branch is not known";
  const isPushed = head.commit === metadata.head || head.tree === metadata.pending?.tree;
  return isPushed ? metadata : `its branch ends in ${head.commit.slice(0, 10)}, which nightsweep did not push`;
}

/** The label makes it last; where the forge did not say enough nothing at all is written. */
function handsOff({ head, labels }: ObservedPullRequest, because: string): Verdict {
  const isKnown = head !== null && !labels.includes(handsOffLabel);
  return { result: "hands-off", because, actions: isKnown ? [{ kind: "label", label: handsOffLabel }] : [] };
}

function standingOf(
  observed: ObservedPullRequest,
  metadata: PullRequestMetadata,
  { found, refusals }: Tonight,
): Standing {
  const there = found === null ? null : new Set(found.map(({ id }) => id));
  const refused = metadata.candidates.filter((id) => refusals.has(id));
  const wanted = metadata.candidates.filter((id) => !refusals.has(id) && (there === null || there.has(id)));
  return { observed, metadata, head: observed.head?.commit ?? metadata.head, wanted, refused };
}

function queued({ observed }: Standing): Verdict | null {
  if (!observed.queued) return null;
  return { result: "in-merge-queue", because: "it waits in the merge queue", actions: [] };
}

/** Two of ours with the same candidates come of a description that was lost; the older one stays. */
function duplicate(standing: Standing, { elsewhere }: Tonight): Verdict | null {
  const { metadata, observed } = standing;
  const places = metadata.candidates.map((id) => (elsewhere.get(id) ?? []).filter((one) => one < observed.number));
  const [first] = places.flat();
  if (first === undefined || places.some((numbers) => numbers.length === 0)) return null;
  return closeIt(standing, {
    result: "superseded",
    because: `#${first} has all of it`,
    text: `Closed: #${first} has all of this already.`,
  });
}

/** Nothing of it is left to do. With a bad footing nothing is found, and that says nothing. */
function needless(standing: Standing, { found, refusals }: Tonight): Verdict | null {
  const { wanted, refused } = standing;
  if (wanted.length > 0 || found === null) return null;
  const [because] = refused.flatMap((id) => refusals.get(id) ?? []);
  if (because === undefined)
    return closeIt(standing, {
      result: "fixed-by-others",
      because: "none of it is dead code of the base any more",
      text: "Closed: on the base branch this code has gone, has changed, is used again or is kept, so there is nothing left to do here.",
    });
  return closeIt(standing, {
    result: "withdrawn",
    because,
    text: `Closed: this is not proposed any more, since ${because.replace(/[`\n@<>[\]]/g, " ")}.`,
  });
}

/** A night that was killed between a push and the description that tells of it. */
function unfinished(standing: Standing, tonight: Tonight): Verdict | null {
  const { metadata, head, wanted } = standing;
  if (head === metadata.head) return null;
  const because = "a night was interrupted while it made it anew";
  return remakeIt(standing, tonight, { result: "rebased", because, candidates: wanted, round: metadata.round ?? 1 });
}

/** Something of it must stay, which is no reason to give up the rest. */
function shrunk(standing: Standing, tonight: Tonight): Verdict | null {
  const { refused, wanted, metadata } = standing;
  const [id] = refused;
  if (id === undefined || tonight.found === null) return null;
  const names = namesOf(pickFound(tonight.found, refused));
  const because = `${names === "" ? counted(refused.length, "part") : names} must stay: ${tonight.refusals.get(id) ?? ""}`;
  return remakeIt(standing, tonight, { result: "reduced", because, candidates: wanted, round: metadata.round ?? 1 });
}

function conflicting(standing: Standing, tonight: Tonight): Verdict | null {
  const { observed, wanted, metadata } = standing;
  // Whether there is a conflict is found out by the forge in its own time: what it does not know yet is none.
  if (observed.conflict !== true) return null;
  const because = "it is in conflict with its base";
  return remakeIt(standing, tonight, { result: "rebased", because, candidates: wanted, round: metadata.round ?? 1 });
}

/** It is ready and nobody has decided: the last gate, which always has an answer. */
function lateGate(standing: Standing, tonight: Tonight): Verdict {
  const { observed, metadata } = standing;
  const { lastWordAt, openedAt, told, changesRequested, autoMerge } = observed;
  const { patience, now } = tonight;
  const since = lastWordAt ?? openedAt;
  const days = daysBetween(since, now);
  const reminder = told.find(({ topic }) => topic === "reminder");
  const silence = reminder === undefined ? days : Math.min(days, daysBetween(reminder.at, now));
  const waited = counted(Math.floor(days), "day");
  if (reminder !== undefined && silence >= patience.expireAfterDays) {
    const until = dateAfter(now, patience.restDays);
    return closeIt(standing, {
      result: "expired",
      because: `nobody has answered for ${waited}, nor the reminder`,
      text: `Closed, since nobody had the time to look at it. That is not a no: the code may be proposed again after ${until}. To keep it for good, say \`/nightsweep keep <reason>\`.`,
      first: [
        remember("rested", metadata.candidates, {
          because: "nobody answered",
          until,
          source: "night",
          url: observed.url,
        }),
      ],
    });
  }
  if (reminder === undefined && days >= patience.remindAfterDays)
    return {
      result: "reminded",
      because: `nobody has answered for ${waited}`,
      actions: [{ kind: "comment", topic: "reminder", text: reminderText(observed, tonight) }],
    };
  const waiting = waitingResult({ changesRequested, autoMerge, hasWord: lastWordAt !== null });
  return { ...waiting, actions: [] };
}

function waitingResult(is: {
  readonly changesRequested: boolean;
  readonly autoMerge: boolean;
  readonly hasWord: boolean;
}): { readonly result: LifecycleResult; readonly because: string } {
  if (is.changesRequested) return { result: "in-conversation", because: "a person asked for changes" };
  if (is.autoMerge) return { result: "automerge-armed", because: "it merges itself once what is required is green" };
  return is.hasWord
    ? { result: "in-conversation", because: "a person has written to it" }
    : { result: "awaiting-review", because: "nobody has answered yet" };
}

function reminderText({ reviewers }: ObservedPullRequest, { patience }: Tonight): string {
  const asked = reviewers.length === 0 ? "" : ` ${reviewers.slice(0, 3).map(codeSpan).join(", ")} was asked.`;
  return (
    `This still waits for somebody to look at it.${asked} To say no, close it or write \`/nightsweep keep <reason>\`; ` +
    `to put it off, \`/nightsweep snooze 30d\`. This is the only reminder: without a word it closes itself in ${counted(patience.expireAfterDays, "day")}.`
  );
}
