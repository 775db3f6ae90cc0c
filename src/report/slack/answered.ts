import type { Candidate } from "../../core/candidate.ts";
import { clip, counted } from "../../core/markdown.ts";
import { encodeChoice, slackChoices, type SlackChoice } from "../../core/slack-choice.ts";
import { carry, slackNames, type SlackPlace } from "../../core/slack-interaction.ts";
import type { SlackAccessory, SlackModal } from "../../core/slack-message.ts";
import { code, escape, prose } from "./blocks.ts";
import { menuFor } from "./items.ts";

/** Before it stands what a person answered; a name never has a line of its own. */
const answerMark = "\n→ ";
const longestReason = 500;

/** The form that asks why something is to be kept. */
export function keepForm(choice: SlackChoice, place: SlackPlace): SlackModal | null {
  const value = encodeChoice(choice);
  if (value === null) return null;
  const about = `*${escape(choice.repo)} #${choice.number ?? ""}*: nightsweep leaves this code alone for as long as it is unchanged, and closes the pull request.`;
  return {
    type: "modal",
    callback_id: slackNames.form,
    private_metadata: carry(value, place),
    title: { type: "plain_text", text: "Keep this code" },
    submit: { type: "plain_text", text: "Keep it" },
    close: { type: "plain_text", text: "Cancel" },
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: about } },
      {
        type: "input",
        block_id: slackNames.block,
        label: { type: "plain_text", text: "Why is it needed?" },
        element: {
          type: "plain_text_input",
          action_id: slackNames.field,
          multiline: true,
          min_length: 3,
          max_length: longestReason,
          placeholder: { type: "plain_text", text: "The mobile app calls it by its name." },
        },
      },
    ],
  };
}

/** The text of a line with an answer under it, and what stands beside it then. An answer takes the place of another. */
export function answeredLine(
  text: string,
  answer: {
    readonly choice: SlackChoice;
    /** What the line itself is about. */
    readonly number: number | null;
    readonly user: string;
    readonly said: string;
  },
): { readonly text: string; readonly accessory: SlackAccessory | null } {
  const { choice, number, user, said } = answer;
  const [before = ""] = text.split(answerMark);
  const isOpen = choice.kind === "undo" || choice.kind === "resume" || choice.kind === "retry";
  const shown = `${before}${answerMark}<@${user}>: ${escape(clip(said, longestReason + 100))}`;
  return { text: shown, accessory: isOpen ? menuFor({ repo: choice.repo, number }) : takeBackButton(choice) };
}

function takeBackButton({ repo, number, kind }: SlackChoice): SlackAccessory | null {
  const value = encodeChoice({ kind: kind === "pause" ? "resume" : "undo", repo, number });
  const text = { type: "plain_text", text: slackChoices.undo.label } as const;
  return value === null ? null : { type: "button", action_id: slackNames.choice, text, value };
}

const mostExplained = 5;

/** Why the candidates of a pull request are dead, for whoever asked. */
export function whyInWords(candidates: readonly Candidate[]): string {
  const told = candidates.slice(0, mostExplained).map(({ subject, evidence, ambiguous, lastTouched, ageDays }) => {
    const reasons = evidence.slice(0, 4).map(({ text }) => `  • ${prose(clip(text, 300))}`);
    const doubt = ambiguous.length === 0 ? [] : [`  • its name stands in ${counted(ambiguous.length, "other place")}`];
    const touched =
      lastTouched === null
        ? []
        : [
            `  • last touched ${lastTouched.date.slice(0, 10)}, ${ageDays ?? 0} days ago: ${escape(clip(lastTouched.subject, 100))}`,
          ];
    return [
      `${code(subject.name)} in ${code(`${subject.file}:${subject.line}`, 160)}`,
      ...reasons,
      ...doubt,
      ...touched,
    ].join("\n");
  });
  const rest = candidates.length - told.length;
  return clip([...told, ...(rest > 0 ? [`…and ${rest} more, in the pull request.`] : [])].join("\n"), 3900);
}
