import { clip, codeSpan, counted, escapeMarkdown, proseWithCode } from "../core/markdown.ts";
import { objections, type Opinion } from "../core/opinion.ts";
import type { RepoResult } from "../core/stage.ts";

const longestReason = 300;
const longestQuote = 200;

/** What a model was asked and thought, as Markdown; empty where none is configured or nothing was to be asked. */
export function renderSecondOpinions({ stages }: Pick<RepoResult, "stages">): string {
  const { model, opinions = [] } = stages.decide ?? {};
  if (model === undefined) return "";
  const { model: name, answered, recalled, tokens, dollars, unanswered } = model;
  const asked = [
    `${codeSpan(name)} answered ${counted(answered, "question")}`,
    ...(recalled === 0 ? [] : [`${counted(recalled, "answer")} were remembered`.replace("answer were", "answer was")]),
    `${tokens} tokens, $${dollars.toFixed(4)}`,
  ].join(", ");
  const silent = unanswered.map(
    ({ because, count }) =>
      `- ${counted(count, "question")} not answered: ${proseWithCode(clip(because, longestReason))}`,
  );
  const objected = opinions.filter(({ verdict }) => verdict !== "no-objection");
  const agreed = opinions.length - objected.length;
  const rest = agreed === 0 ? "" : ` It objects to nothing in ${counted(agreed, "candidate")}.`;
  return ["## Second opinions", `${asked}.${rest}`, [...silent, ...objected.map(renderObjection)].join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderObjection({ id, verdict, reason, citations }: Opinion): string {
  const ours = verdict === "no-objection" ? "" : objections[verdict];
  const said = reason === ours ? "" : `: ${escapeMarkdown(clip(reason, longestReason))}`;
  const cited = citations.map(({ place, quote }) => `  - ${codeSpan(place)}: ${codeSpan(clip(quote, longestQuote))}`);
  return [`- ${codeSpan(clip(id, 200))} is only reported, since ${ours}${said}`, ...cited].join("\n");
}
