import { closingLabel, type LifecycleResult, type Remembered } from "../core/lifecycle.ts";
import type { CandidateId } from "../core/names.ts";
import { remember, type Action, type Standing, type Tonight, type Verdict } from "./verdict.ts";

/**
 * Closes a pull request that is ours: what is to be remembered first, then the label that tells later nights who closed
 * it, a word, the closing, and its branch last. A night that is killed in between goes on where it was.
 */
export function closeIt(
  { head }: Pick<Standing, "head">,
  ending: {
    readonly result: LifecycleResult;
    readonly because: string;
    /** The word; null: what comes first says it already. */
    readonly text: string | null;
    readonly first?: readonly Action[];
  },
): Verdict {
  const { result, because, text, first = [] } = ending;
  return {
    result,
    because,
    actions: [
      ...first,
      { kind: "label", label: closingLabel(result) },
      ...(text === null ? [] : [{ kind: "comment" as const, topic: "closing", text }]),
      { kind: "close" },
      { kind: "delete-branch", expected: head },
    ],
  };
}

/**
 * Makes it anew on top of its base with some of its candidates, if they survived tonight's checks; at most once a night.
 * What broke a check meanwhile is left out, and where nothing survives it is closed.
 */
export function remakeIt(
  standing: Standing,
  tonight: Tonight,
  wish: {
    readonly result: LifecycleResult;
    readonly because: string;
    readonly candidates: readonly CandidateId[];
    readonly round: number;
    readonly first?: readonly Action[];
  },
): Verdict {
  const { result, because, candidates, round, first = [] } = wish;
  const { head: expected } = standing;
  const wait = (reason: string): Verdict => ({ result: "remake-waits", because: `${because}; ${reason}`, actions: [] });
  if (isRemadeTonight(standing, tonight)) return wait("it was made anew tonight already");
  const { trial } = tonight;
  if (trial === undefined) return wait("it is not tried tonight");
  if (trial === "planned") return { result, because, actions: [{ kind: "remake", candidates, round, expected }] };
  switch (trial.kind) {
    case "untested":
      return wait(`it was not tested: ${trial.limit}`);
    case "broke":
      return closeIt(standing, {
        result: "unsafe",
        because: `${because}; on today's base ${trial.check} fails without this code`,
        text: `Closed: on top of today's base, \`${trial.check.replaceAll("`", "'")}\` fails without this code, so it is needed.`,
        first: [remember("culprit", candidates, { because: `${trial.check} fails without it`, ...bySelf(standing) })],
      });
    case "survived":
      return {
        result,
        because,
        actions: [...first, { kind: "remake", candidates: trial.candidates, round, expected }],
      };
    default:
      return trial satisfies never;
  }
}

/** The repository's own checks are asked about one version a night. */
function isRemadeTonight({ metadata, observed }: Standing, { night }: Tonight): boolean {
  const isUnfinished = metadata.pending !== undefined && observed.head?.commit !== metadata.head;
  if (isUnfinished) return false;
  return metadata.pushed === night || metadata.night === night;
}

/** The origin of what nightsweep found out itself. */
export function bySelf({ observed }: Pick<Standing, "observed">): Pick<Remembered, "source" | "url"> {
  return { source: "checks", url: observed.url };
}
