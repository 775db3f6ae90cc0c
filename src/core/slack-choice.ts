import { repoKeySchema } from "./record-schema.ts";
import type { RepoKey } from "./names.ts";

/** What a reader of the morning message can choose. `about`: what it is about. */
export const slackChoices = {
  keep: { label: "Keep all of this…", about: "pull-request" },
  snooze: { label: "Snooze 30 days", about: "pull-request" },
  why: { label: "Why is it dead?", about: "pull-request" },
  retry: { label: "Retry tonight", about: "repository" },
  pause: { label: "Pause this repository 7 days", about: "repository" },
  undo: { label: "Take it back", about: "pull-request" },
  resume: { label: "Take it back", about: "repository" },
} as const satisfies Record<string, { readonly label: string; readonly about: "pull-request" | "repository" }>;

type ChoiceKind = keyof typeof slackChoices;

/** A choice of somebody: about a pull request by its number, or about a whole repository. */
export type SlackChoice = {
  readonly kind: ChoiceKind;
  readonly repo: RepoKey;
  /** null: it is about the repository. */
  readonly number: number | null;
};

/** Days that a snooze and a pause last. */
export const snoozeDays = 30;
export const pauseDays = 7;

/** Slack takes so many characters as the value of an option. */
const mostCharacters = 150;

/** A choice as the value of a button; null where Slack would not take it. */
export function encodeChoice({ kind, repo, number }: SlackChoice): string | null {
  const value = [kind, repo, number ?? ""].join("|");
  return value.length > mostCharacters ? null : value;
}

/** The choice in the value of a button; null for what is none of ours. */
export function decodeChoice(value: string): SlackChoice | null {
  const [kind = "", repo = "", digits = "", ...rest] = value.split("|");
  const key = repoKeySchema.safeParse(repo);
  if (!isChoice(kind) || !key.success || rest.length > 0) return null;
  const number = /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : null;
  const isWhole = (slackChoices[kind].about === "pull-request") === (number !== null);
  return isWhole && (number !== null || digits === "") ? { kind, repo: key.data, number } : null;
}

function isChoice(text: string): text is ChoiceKind {
  return Object.hasOwn(slackChoices, text);
}
