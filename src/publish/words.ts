import type { Candidate } from "../core/candidate.ts";
import { clip, codeSpan, counted, escapeMarkdown, proseWithCode } from "../core/markdown.ts";
import { commandWords } from "./commands.ts";
import type { RedCheck } from "./standing-port.ts";

const longest = 120;
const mostNamed = 5;

/** The names of candidates for a sentence: the first few, and how many more. */
export function namesOf(candidates: readonly Candidate[]): string {
  const named = candidates.slice(0, mostNamed).map(({ subject }) => codeSpan(clip(subject.name, longest)));
  const more = candidates.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** Red checks for a sentence. */
export function namesOfChecks(red: readonly RedCheck[]): string {
  const named = red.slice(0, mostNamed).map(({ name }) => codeSpan(clip(name, longest)));
  const more = red.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
}

/** The answer to `/nightsweep why`. */
export function whyDead(symbol: string, candidates: readonly Candidate[]): string {
  const found = candidates.filter(({ subject, members }) =>
    [subject, ...members].some(({ name, file }) => name === symbol || file === symbol || `${file}#${name}` === symbol),
  );
  if (found.length === 0) {
    const there = candidates.length === 0 ? "nothing any more" : namesOf(candidates);
    return `${codeSpan(clip(symbol, longest))} is not in this pull request; in it there is ${there}.`;
  }
  return found.map(whyOne).join("\n\n");
}

function whyOne({ subject, evidence, ambiguous, ageDays, lastTouched }: Candidate): string {
  const age = ageDays === null ? "" : ` Its newest line is ${counted(ageDays, "day")} old.`;
  const touched =
    lastTouched === null
      ? ""
      : ` The last commit to it is ${codeSpan(lastTouched.commit.slice(0, 10))}: ${escapeMarkdown(clip(lastTouched.subject, longest))}.`;
  const mentions =
    ambiguous.length === 0
      ? "Nothing else mentions its name."
      : `Its name is mentioned in ${ambiguous
          .slice(0, mostNamed)
          .map(({ file, line }) => codeSpan(clip(`${file}:${line}`, longest)))
          .join(", ")}.`;
  const place = codeSpan(clip(`${subject.file}:${subject.line}`, longest));
  const reasons = evidence.map(({ text }) => proseWithCode(clip(text, 300)).replace(/\.?$/, "."));
  return `${codeSpan(clip(subject.name, longest))} in ${place}: ${reasons.join(" ")} ${mentions}${age}${touched}`;
}

/** The answer to an order that is none. */
export function commandHelp(words: string): string {
  const list = Object.values(commandWords).map(({ use, does }) => `- \`/nightsweep ${use}\`: ${does}`);
  return `${codeSpan(clip(words === "" ? "/nightsweep" : words, longest))} is no order that I know. These are:\n\n${list.join("\n")}`;
}
