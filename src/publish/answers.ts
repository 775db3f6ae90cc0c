import { escapeMarkdown } from "../core/markdown.ts";
import { closeIt, remakeIt } from "./closing.ts";
import { readCommands, type Command } from "./commands.ts";
import type { ObservedPullRequest } from "./standing-port.ts";
import { dateAfter, remember, type Action, type Gate, type Tonight } from "./verdict.ts";
import { commandHelp, whyDead } from "./words.ts";

/** With this label a person says no without words. */
const keepLabel = "nightsweep:keep";

type Decisive = Extract<Command, { kind: "keep" | "snooze" | "retry" }>;

/** Replies to the orders that only ask for words, each once. */
export function repliesTo(observed: ObservedPullRequest, { found }: Tonight): readonly Action[] {
  const ids = new Set(observed.metadata?.candidates ?? []);
  const candidates = (found ?? []).filter(({ id }) => ids.has(id));
  return unanswered(observed).flatMap((command): readonly Action[] => {
    if (command.kind === "why") return [reply(command, whyDead(command.symbol, candidates))];
    return command.kind === "unknown" ? [reply(command, commandHelp(command.words))] : [];
  });
}

/** Orders and the label of people who may give them; of several the last one counts. */
export const answered: Gate = (standing, tonight) => {
  const { observed, metadata } = standing;
  const orders = unanswered(observed).filter(isDecisive);
  const order = orders.at(-1);
  if (order === undefined) return observed.labels.includes(keepLabel) ? keptByLabel(standing, tonight) : null;
  const { author } = order.comment;
  const replies = (text: string) =>
    orders.map((one) => reply(one, one === order ? text : "Overtaken by a later word."));
  switch (order.kind) {
    case "keep": {
      const because = order.reason === "" ? "no reason given" : order.reason;
      return closeIt(standing, {
        result: "kept-by-comment",
        because: `${author} keeps it: ${because}`,
        text: null,
        first: [
          remember("kept", metadata.candidates, { because, by: author, source: "comment", url: observed.url }),
          ...replies("Kept: this code is not proposed again as long as it stays as it is."),
        ],
      });
    }
    case "snooze": {
      const until = dateAfter(tonight.now, order.days);
      return closeIt(standing, {
        result: "snoozed",
        because: `${author} put it off until ${until}`,
        text: null,
        first: [
          remember("snoozed", metadata.candidates, {
            ...{ because: "put off in a comment", by: author, until, source: "comment", url: observed.url },
          }),
          ...replies(`Put off until ${until}: until then this code is not proposed.`),
        ],
      });
    }
    case "retry": {
      // Of what is dead no more there is nothing to make, and the next gates say what to do.
      if (standing.wanted.length === 0 && tonight.found !== null) return null;
      const verdict = remakeIt(standing, tonight, {
        result: "retried",
        because: `${author} asked for it to be made anew`,
        candidates: standing.wanted,
        round: 1,
      });
      // An order that must wait is answered when it is carried out.
      if (verdict.result === "remake-waits") return verdict;
      const text =
        verdict.result === "retried"
          ? "Made anew on top of its base."
          : "It cannot be made anew; my last word says why.";
      return { ...verdict, actions: [...verdict.actions, ...replies(text)] };
    }
    default:
      return order satisfies never;
  }
};

const keptByLabel: Gate = (standing) =>
  closeIt(standing, {
    result: "kept-by-label",
    because: `the label ${keepLabel} is on it`,
    text: "Kept, as the label says: this code is not proposed again as long as it stays as it is.",
    first: [
      remember("kept", standing.metadata.candidates, {
        ...{ because: `the label ${keepLabel}`, source: "label", url: standing.observed.url },
      }),
    ],
  });

function unanswered({ comments, told }: ObservedPullRequest): readonly Command[] {
  const topics = new Set(told.map(({ topic }) => topic));
  return comments.flatMap(readCommands).filter((command) => !topics.has(topicOf(command)));
}

function isDecisive(command: Command): command is Decisive {
  return command.kind === "keep" || command.kind === "snooze" || command.kind === "retry";
}

function reply(command: Command, text: string): Action {
  return { kind: "comment", topic: topicOf(command), text: `${escapeMarkdown(command.comment.author)}: ${text}` };
}

/** One answer for each order, by the number of its comment: a second night finds it and says nothing again. */
function topicOf({ comment, index }: Command): string {
  return `answer-${comment.id}-${index}`;
}
