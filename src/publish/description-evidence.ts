import { areMerges } from "./meaning.ts";
import type { Candidate } from "../core/candidate.ts";
import { clip, codeSpan, counted, escapeMarkdown, table, wholeItems } from "../core/markdown.ts";
import type { AssuranceLevel, Decision } from "../core/policy.ts";
import type { CandidateId } from "../core/names.ts";
import { longestName, name, prose } from "./description-words.ts";
import type { ForgeHistory } from "./forge.ts";
import { opinionOn, type ModelWords } from "./model-words.ts";
import type { Origin, Provenance } from "./provenance.ts";

/** A table that is longer is not read; the details have the rest. */
const mostRows = 20;

/** What is known of candidates besides themselves. */
export type Known = {
  readonly assurance: AssuranceLevel;
  readonly decisions: ReadonlyMap<CandidateId, Decision>;
  readonly heard: ModelWords;
  readonly provenance: ReadonlyMap<CandidateId, Provenance>;
  readonly history: ForgeHistory | null;
};

/** One row for each candidate: what goes, why that is safe, and why it was there. */
export function whatGoes(candidates: readonly Candidate[], known: Known): string {
  const rows = candidates.slice(0, mostRows).map((candidate) => {
    const { id, subject, members, evidence, ambiguous, lastTouched } = candidate;
    const cascade = members.length > 1 ? ` and ${members.length - 1} more` : "";
    const { introduced = null, lastTouched: touched = null } = known.provenance.get(id) ?? {};
    const last = touched ?? (lastTouched === null ? null : { ...lastTouched, pullRequest: null });
    return [
      `${name(subject.name)}${cascade}<br>${name(`${subject.file}:${subject.line}`)}`,
      prose(evidence[0]?.text ?? "see below"),
      ambiguous.length === 0 ? "nobody" : counted(ambiguous.length, "place"),
      originOf(introduced, known.history),
      originOf(last, known.history),
      known.assurance,
    ];
  });
  const header = [
    "What goes",
    areMerges(candidates) ? "Why it can go" : "Why it is dead",
    "Who mentions its name",
    "Introduced",
    "Last touched",
    "Assurance",
  ];
  const more = candidates.length > mostRows ? `\n\n…and ${candidates.length - mostRows} more, below.` : "";
  return `${table(header, rows)}${more}`;
}

function originOf(origin: Origin | null, history: ForgeHistory | null): string {
  if (origin === null) return "unknown";
  const { commit, date, pullRequest } = origin;
  const hash = codeSpan(commit.slice(0, 10));
  const link = history === null ? hash : `[${hash}](${history.commitUrl(commit)})`;
  if (pullRequest === null) return `${escapeMarkdown(date.slice(0, 10))} in ${link}`;
  const number =
    history === null ? codeSpan(`#${pullRequest}`) : `[#${pullRequest}](${history.pullRequestUrl(pullRequest)})`;
  return `${escapeMarkdown(date.slice(0, 10))} in ${number}, ${link}`;
}

/** All that is known of one candidate. */
export function evidenceOf(candidate: Candidate, known: Known): string {
  const { id, subject, members, evidence, ambiguous, lastTouched, owners } = candidate;
  const decision = known.decisions.get(id);
  const introduced = known.provenance.get(id)?.introduced ?? null;
  const age = candidate.ageDays === null ? "unknown" : counted(candidate.ageDays, "day");
  const facts = [
    ...evidence.map(({ text }) => prose(text)),
    ...ambiguous.map(
      ({ kind, file, line, text }) => `Mentioned in ${name(`${file}:${line}`)} (${kind}): ${name(text)}`,
    ),
    `Visible to: ${candidate.exposure}. Age of its newest line: ${age}.`,
    ...commitLine("Introduced by", introduced),
    ...commitLine("Last commit:", lastTouched),
    ...(owners.length === 0 ? [] : [`Owners: ${owners.map(codeSpan).join(", ")}`]),
    ...opinionOn(known.heard, id),
    ...(decision === undefined ? [] : [`Policy: rule ${codeSpan(decision.rule)}, ${prose(decision.because)}`]),
  ];
  const going = members.map(
    ({ file, line, endLine, name: member }) => `${name(member)} in ${name(`${file}:${line}`)} to ${endLine}`,
  );
  const list = wholeItems(
    going.map((item) => `  - ${item}`),
    8000,
    (leftOut) => `  - …and ${leftOut} more`,
  );
  return `#### ${name(subject.name)}\n\n${facts.map((fact) => `- ${fact}`).join("\n")}\n- What goes:\n${list}\n- To bring it back once it is merged: ${codeSpan(`nightsweep undo ${id}`)}\n`;
}

function commitLine(
  what: string,
  past: { readonly commit: string; readonly subject: string } | null,
): readonly string[] {
  if (past === null) return [];
  return [`${what} ${codeSpan(past.commit.slice(0, 10))} ${escapeMarkdown(clip(past.subject, longestName))}`];
}
