import { answerChoice, findPullRequest } from "./answer-choice.ts";
import { readInteraction, type SlackInteraction } from "./core/slack-interaction.ts";
import type { SlackChoice } from "./core/slack-choice.ts";
import { findRecorded } from "./find-recorded.ts";
import type { Logger } from "./io/log.ts";
import type { AskSlack } from "./io/slack-client.ts";
import { openForm, updateLine, whisper } from "./io/slack-lines.ts";
import type { Store } from "./io/store.ts";
import { answeredLine, keepForm, whyInWords } from "./report/slack/answered.ts";
import { link, escape } from "./report/slack/blocks.ts";
import { numberOfBlock } from "./report/slack/items.ts";

/** Who sits at the desk: everything that an answer of somebody in Slack needs. */
export type SlackDesk = {
  readonly ask: AskSlack;
  readonly store: Store;
  readonly reportsDirectory: string;
  /** Slack ids by the login of their GitHub account. */
  readonly owners: Readonly<Record<string, string>>;
  /** Whether somebody may write to a repository; only such people say what is kept. Throws what a forge throws. */
  readonly mayWrite: (repo: SlackChoice["repo"], login: string) => Promise<boolean>;
  readonly now: () => Date;
  readonly logger: Logger;
};

type Asked = Pick<SlackInteraction, "user" | "choice" | "place">;

/** Does what somebody chose in a message, and says in that message who chose what. */
export async function answerInteraction(desk: SlackDesk, body: unknown): Promise<void> {
  const interaction = readInteraction(body);
  if (interaction === null) return;
  const { user, choice, place } = interaction;
  if (choice.kind === "why") return explain(desk, interaction);
  const login = Object.entries(desk.owners).find(([, id]) => id === user)?.[0];
  if (login === undefined)
    return refuse(desk, interaction, "nightsweep does not know your GitHub account (slack.owners)");
  if (interaction.kind === "choice" && choice.kind === "keep") {
    // Slack allows a form for three seconds, so whether this person may write is asked when the reason comes.
    const form = keepForm(choice, place);
    if (form !== null) note(desk, await openForm(desk.ask, interaction.trigger, form));
    return;
  }
  if (!(await desk.mayWrite(choice.repo, login)))
    return refuse(desk, interaction, `${login} has no write access to ${choice.repo}`);
  const why = interaction.kind === "reason" ? interaction.why : null;
  const wish = { choice, who: login, why, source: "slack", now: desk.now() } as const;
  const { isDone, said } = await answerChoice(desk.store, wish);
  if (!isDone) return refuse(desk, interaction, said);
  desk.logger.info(
    { repo: choice.repo, number: choice.number, choice: choice.kind, login },
    "Somebody answered in Slack",
  );
  const number = numberOfBlock(place.block);
  note(desk, await updateLine(desk.ask, place, (text) => answeredLine(text, { choice, number, user, said })));
}

/** Says to whoever chose that it was not done, and where else it can be said. */
async function refuse(desk: SlackDesk, { user, choice, place }: Asked, because: string): Promise<void> {
  const pullRequest = choice.number === null ? null : await findPullRequest(desk.store, choice.repo, choice.number);
  const elsewhere = pullRequest === null ? "" : ` You can say it in ${link(pullRequest.url, "the pull request")}.`;
  note(desk, await whisper(desk.ask, place, { user, text: `Nothing was done: ${escape(because)}.${elsewhere}` }));
}

async function explain(desk: SlackDesk, asked: Asked): Promise<void> {
  const { user, choice, place } = asked;
  const pullRequest = choice.number === null ? null : await findPullRequest(desk.store, choice.repo, choice.number);
  if (pullRequest === null) return refuse(desk, asked, "that pull request is not remembered");
  const candidates = await findRecorded(desk.reportsDirectory, choice.repo, new Set(pullRequest.candidates));
  const text =
    candidates.length === 0
      ? `Its evidence is in ${link(pullRequest.url, "the pull request")}.`
      : whyInWords(candidates);
  note(desk, await whisper(desk.ask, place, { user, text }));
}

function note({ logger }: SlackDesk, problem: string | null): void {
  if (problem !== null) logger.error({ problem }, "Slack did not show an answer");
}
