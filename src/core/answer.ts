import type { CandidateId, RepoPath } from "./names.ts";

/** Every way of saying no, and of taking that back. */
export const answerKinds = ["keep", "snooze", "close", "mute", "pause", "withdraw"] as const;
type AnswerKind = (typeof answerKinds)[number];

/** Where an answer was given. `night`: nightsweep itself, after a deletion was taken back. */
export const answerSources = [
  "annotation",
  "label",
  "comment",
  "closed-pull-request",
  "slack",
  "policy",
  "command",
  "night",
] as const;
type AnswerSource = (typeof answerSources)[number];

/** What an answer is about. */
export type AnswerSubject =
  | { readonly kind: "candidate"; readonly id: CandidateId }
  /** A declaration that need not be a candidate: what an annotation stands at. */
  | { readonly kind: "symbol"; readonly file: RepoPath; readonly name: string }
  /** What one rule of the policy would propose below a glob; `*` for any rule. */
  | { readonly kind: "rule"; readonly rule: string; readonly path: string }
  | { readonly kind: "repository" };

/** What a person said, once: the only form in which a no is remembered, wherever it came from. */
export type Answer = {
  readonly kind: AnswerKind;
  readonly about: AnswerSubject;
  /** A login, an address, or a Slack name; `nightsweep` for what it did by itself. */
  readonly who: string;
  readonly why: string | null;
  /** A date (its last day) or a moment; null: for as long as the code is unchanged. */
  readonly until: string | null;
  readonly source: AnswerSource;
  /** When it was given, ISO 8601. */
  readonly at: string;
  /** The pull request, comment or message. */
  readonly url: string | null;
};

const dayMs = 86_400_000;

/** Whether the time of an answer is up: a date lasts to the end of its day, in UTC. What is no date never ends. */
export function isOver({ until }: Pick<Answer, "until">, now: string): boolean {
  if (until === null) return false;
  const end = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(until) + dayMs : Date.parse(until);
  return end <= Date.parse(now);
}

/** The same text for the same thing, so that answers about it meet. */
export function subjectKey(about: AnswerSubject): string {
  switch (about.kind) {
    case "candidate":
      return `candidate ${about.id}`;
    case "symbol":
      return `symbol ${about.file}#${about.name}`;
    case "rule":
      return `rule ${about.rule} ${about.path}`;
    case "repository":
      return "repository";
    default:
      return about satisfies never;
  }
}

/**
 * The answers that nobody has taken back, whether or not their time is up. `answers` are in the order in which they
 * were given. A withdrawal takes back what came from the same source; one by command or Slack all but annotations,
 * which are only taken back in the code.
 */
export function unwithdrawn(answers: readonly Answer[]): readonly Answer[] {
  let standing: readonly Answer[] = [];
  for (const answer of answers) {
    if (answer.kind !== "withdraw") standing = [...standing, answer];
    else standing = standing.filter((earlier) => !takesBack(answer, earlier));
  }
  return standing;
}

function takesBack(withdrawal: Answer, earlier: Answer): boolean {
  if (subjectKey(withdrawal.about) !== subjectKey(earlier.about)) return false;
  const byOwner = withdrawal.source === "command" || withdrawal.source === "slack";
  return earlier.source === withdrawal.source || (byOwner && earlier.source !== "annotation");
}

/** An answer in words: `@ada keeps it: loaded by name (label, until 2027-06-30)`. */
export function answerInWords({ kind, who, why, until, source, url, about }: Answer): string {
  const verbs = {
    keep: "keeps it",
    snooze: "put it off",
    close: `closed ${url ?? "its pull request"} without a merge`,
    mute: about.kind === "rule" ? `silenced ${ruleInWords(about.rule)} in ${about.path}` : "silenced it",
    pause: "paused the repository",
    withdraw: "took it back",
  } as const satisfies Record<AnswerKind, string>;
  const place =
    kind === "close" || url === null ? source.replaceAll("-", " ") : `${source.replaceAll("-", " ")}, ${url}`;
  const reason = why === null || why === "" ? "" : `: ${why}`;
  return `${who} ${verbs[kind]}${reason} (${place}${until === null ? "" : `, until ${until}`})`;
}

function ruleInWords(rule: string): string {
  return rule === "*" ? "every rule" : `the rule ${rule}`;
}
