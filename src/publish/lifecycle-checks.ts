import { codeSpan } from "../core/markdown.ts";
import type { CandidateId } from "../core/names.ts";
import { unexpectedHindrance } from "./automerge.ts";
import { bySelf, closeIt, remakeIt } from "./closing.ts";
import { pickFound } from "./ended.ts";
import type { RedCheck } from "./standing-port.ts";
import {
  dateAfter,
  daysBetween,
  remember,
  type Action,
  type Gate,
  type Standing,
  type Tonight,
  type Verdict,
} from "./verdict.ts";
import { namesOf, namesOfChecks } from "./words.ts";

/** With this label it was shown to people; a person who makes a draft of it again has a reason. */
const readyLabel = "nightsweep:ready";

/** What the repository's own checks say; null: it has been made ready before, and all is as it was. */
export const checked: Gate = (standing, tonight) => {
  const { observed, metadata } = standing;
  const { checks } = observed;
  switch (checks.kind) {
    case "pending":
      return observed.labels.includes(readyLabel) ? null : awaiting(standing, tonight, "its checks are running");
    case "none":
      if (observed.labels.includes(readyLabel)) return null;
      if (tonight.forgeTests !== null)
        return awaiting(standing, tonight, "no check has run, and only those can prove it");
      // Checks may be late to appear, so a repository without any is believed the next night.
      if (metadata.night === tonight.night || metadata.pushed === tonight.night)
        return awaiting(standing, tonight, "no check has begun yet");
      return shown(standing, tonight, "the repository has no checks of its own on pull requests");
    case "green":
      return green(standing, tonight, checks.names);
    case "red":
      return red(standing, tonight, checks.red);
    default:
      return checks satisfies never;
  }
};

/** Nobody was asked yet, so nobody is reminded; but no draft stands for ever. */
function awaiting(
  standing: Standing,
  { now, patience }: Tonight,
  because: string,
  result: "awaiting-ci" | "red-before" = "awaiting-ci",
): Verdict {
  const { observed, metadata } = standing;
  if (daysBetween(observed.openedAt, now) < patience.expireAfterDays) return { result, because, actions: [] };
  const until = dateAfter(now, patience.restDays);
  return closeIt(standing, {
    result: "expired",
    because: `${because}, for ${patience.expireAfterDays} days now`,
    text: `Closed: ${because}, so nobody could be asked to look at it. The code may be proposed again after ${until}.`,
    first: [remember("rested", metadata.candidates, { because, until, source: "night", url: observed.url })],
  });
}

/** Where the tests ran here any green will do; else those that are the test run must be among them. */
function green(standing: Standing, tonight: Tonight, names: readonly string[]): Verdict | null {
  const missing = (tonight.forgeTests?.checks ?? []).filter((name) => !names.includes(name));
  const [first] = missing;
  if (first === undefined) return shown(standing, tonight, "its checks are green");
  if (standing.observed.labels.includes(readyLabel)) return null;
  return awaiting(standing, tonight, `${codeSpan(first)} has not run, and without it nothing is proven`);
}

/** Ready for review, with what is missing of that: a night may have been killed in the midst of it. */
function shown({ observed, head }: Standing, tonight: Tonight, because: string): Verdict | null {
  const wasShown = observed.labels.includes(readyLabel);
  if (wasShown && observed.draft)
    return { result: "in-conversation", because: "a person made a draft of it again", actions: [] };
  const arm: readonly Action[] =
    tonight.automergeHindrance === null && !observed.autoMerge ? [{ kind: "arm-automerge", head }] : [];
  if (wasShown && arm.length === 0) return null;
  const show: readonly Action[] = wasShown
    ? []
    : [
        ...(observed.draft ? [{ kind: "mark-ready" } as const] : []),
        ...(observed.reviewers.length === 0 ? [{ kind: "request-review" } as const] : []),
        { kind: "label", label: readyLabel },
      ];
  if (arm.length > 0) return { result: "automerge-armed", because, actions: [...show, ...arm] };
  const hindrance = unexpectedHindrance(tonight.automergeHindrance);
  const told = hindrance === null ? because : `${because}; it does not merge itself, since ${hindrance}`;
  return { result: "marked-ready", because: told, actions: show };
}

/** Only checks that are green without it say anything of it. */
function red(standing: Standing, tonight: Tonight, all: readonly RedCheck[]): Verdict {
  const { wanted, metadata } = standing;
  const own = all.filter(({ onBase }) => onBase !== "red");
  if (own.length === 0)
    return awaiting(standing, tonight, `${namesOfChecks(all)} is red on the base as well`, "red-before");
  const because = `${namesOfChecks(own)} is red`;
  const round = metadata.round ?? 1;
  const accused = wanted.filter((id) => tonight.accused.has(id));
  const innocent = wanted.filter((id) => !tonight.accused.has(id));
  const mayGoOn = round < tonight.patience.ciRounds;
  if (mayGoOn && accused.length > 0 && innocent.length > 0)
    return remakeIt(standing, tonight, {
      ...{ result: "culprit-dropped", candidates: innocent, round: round + 1 },
      because: `${because} and accuses ${namesOf(pickFound(tonight.found, accused))}`,
      first: [remember("culprit", accused, { because, ...bySelf(standing) })],
    });
  if (mayGoOn && wanted.length > 1 && accused.length === 0)
    return remakeIt(standing, tonight, {
      ...{ result: "halved", candidates: wanted.slice(0, Math.ceil(wanted.length / 2)), round: round + 1 },
      because: `${because} and accuses nobody, so the other half waits for a pull request of its own`,
    });
  return failed(standing, tonight, { because, candidates: wanted, round });
}

function failed(
  standing: Standing,
  { found }: Tonight,
  end: { readonly because: string; readonly candidates: readonly CandidateId[]; readonly round: number },
): Verdict {
  const { because, candidates, round } = end;
  const names = namesOf(pickFound(found, candidates));
  const again = round > 1 ? `, in round ${round}` : "";
  return closeIt(standing, {
    result: "ci-failed",
    because: `${because}${again}`,
    text: `Closed: ${because} with this change${again}, so ${names === "" ? "this code" : names} may be needed. It is not proposed again as long as it stays as it is.`,
    first: [remember("culprit", candidates, { because, ...bySelf(standing) })],
  });
}
