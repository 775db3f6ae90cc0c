import type { Answer } from "./core/answer.ts";
import type { RepoKey } from "./core/names.ts";
import { pauseDays, snoozeDays, type SlackChoice } from "./core/slack-choice.ts";
import { recordAnswer } from "./io/answers.ts";
import { readPullRequests, type RememberedPullRequest } from "./io/remembered-pull-requests.ts";
import type { Store } from "./io/store.ts";
import { forgetTurn } from "./io/turns.ts";

/** Who chose what, and where. */
export type Wish = {
  readonly choice: SlackChoice;
  /** A login of the forge. */
  readonly who: string;
  /** null: nobody gave a reason. */
  readonly why: string | null;
  readonly source: Extract<Answer["source"], "slack" | "command">;
  readonly now: Date;
};

/** What became of a choice, in words for whoever made it; `isDone`: the ledger knows it. */
export type ChoiceEnd = { readonly isDone: boolean; readonly said: string };

const dayMs = 86_400_000;

/** Notes a choice in the ledger. Whoever made it must have been found to have write access. */
export async function answerChoice(store: Store, wish: Wish): Promise<ChoiceEnd> {
  const { choice } = wish;
  const { kind, repo, number } = choice;
  switch (kind) {
    case "keep":
    case "snooze":
    case "undo": {
      const pullRequest = number === null ? null : await findPullRequest(store, repo, number);
      return pullRequest === null
        ? { isDone: false, said: `no pull request #${number ?? ""} of ${repo} is remembered` }
        : await answerPullRequest(store, { ...wish, kind }, pullRequest);
    }
    case "pause":
    case "retry":
    case "resume":
      return answerRepository(store, { ...wish, kind });
    case "why":
      return { isDone: false, said: "that is a question, not an answer" };
    default:
      return kind satisfies never;
  }
}

/** A pull request of a repository by its number; null when it is not remembered. */
export async function findPullRequest(
  store: Store,
  repo: RepoKey,
  number: number,
): Promise<RememberedPullRequest | null> {
  return (await readPullRequests(store, repo)).findLast((one) => one.number === number) ?? null;
}

async function answerPullRequest(
  store: Store,
  { kind, choice: { repo }, who, why, source, now }: Wish & { readonly kind: "keep" | "snooze" | "undo" },
  { candidates, state, url, number }: RememberedPullRequest,
): Promise<ChoiceEnd> {
  if (state !== "open" && kind !== "undo") return { isDone: false, said: `#${number} is ${state} already` };
  const until = kind === "snooze" ? dateAfter(now, snoozeDays) : null;
  const answer = {
    kind: kind === "undo" ? "withdraw" : kind,
    who,
    why,
    until,
    source,
    at: now.toISOString(),
    url,
  } as const;
  for (const id of candidates) await recordAnswer(store, repo, { ...answer, about: { kind: "candidate", id } });
  const said = {
    keep: `kept${why === null ? "" : `: ${why}`}`,
    snooze: `put off until ${until ?? ""}`,
    undo: "taken back",
  } as const;
  return { isDone: true, said: said[kind] };
}

async function answerRepository(
  store: Store,
  { kind, choice: { repo }, who, why, source, now }: Wish & { readonly kind: "pause" | "retry" | "resume" },
): Promise<ChoiceEnd> {
  const until = kind === "pause" ? dateAfter(now, pauseDays) : null;
  const about = { kind: "repository" } as const;
  const given = { about, who, why, until, source, at: now.toISOString(), url: null } as const;
  await recordAnswer(store, repo, { ...given, kind: kind === "pause" ? "pause" : "withdraw" });
  if (kind === "retry") await forgetTurn(store, repo);
  const said = {
    pause: `paused until ${until ?? ""}`,
    retry: "to be swept again with the next night, whatever rested it",
    resume: "goes on with the next night",
  } as const;
  return { isDone: true, said: said[kind] };
}

function dateAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
}
