import { categories } from "../core/policy.ts";
import { counted } from "../core/markdown.ts";
import { replayCommands } from "../core/replay-commands.ts";
import type { TryDocument } from "../core/try-document.ts";

type Listed = TryDocument["candidates"][number];

/** Members beyond this many are counted, not listed. */
const mostMembers = 8;

/** The document of `try` for people: what would go, grouped by pass, with reasons; a diff under each where there is one. */
export function renderTryList(document: TryDocument, diffs: ReadonlyMap<string, string>): readonly string[] {
  const { base, repo } = document;
  const candidates = document.candidates.filter(({ decision }) => decision.action !== "ignore");
  const where = base === null ? repo : `${repo} at ${base.commit.slice(0, 12)} (${base.branch})`;
  const groups = Object.entries(categories).flatMap(([category, { title }]) => {
    const found = candidates.filter((candidate) => candidate.category === category);
    if (found.length === 0) return [];
    return [
      "",
      `${title} (${found.length})`,
      ...found.flatMap((candidate) => renderCandidate(candidate, document, diffs)),
    ];
  });
  return [where, ...groups, "", renderTotal(document)];
}

function renderCandidate(
  candidate: Listed,
  { repo, base }: Pick<TryDocument, "repo" | "base">,
  diffs: ReadonlyMap<string, string>,
): readonly string[] {
  const { subject, assurance, decision, ageDays, members, evidence, ambiguous, edits, id } = candidate;
  const age = ageDays === null ? "age unknown" : `${counted(ageDays, "day")} old`;
  const others = members.filter(({ file, name }) => file !== subject.file || name !== subject.name);
  const diff = diffs.get(id);
  return [
    `  ${subject.file}:${subject.line} ${subject.name}`,
    `    ${decision.action}: ${decision.because} (${assurance}, ${age}, ${candidate.exposure}, -${edits.linesRemoved} +${edits.linesAdded} lines)`,
    ...evidence.map(({ text }) => `    ${text}`),
    ...ambiguous.map(({ file, line, text }) => `    but ${file}:${line} mentions it: ${text.trim()}`),
    ...others.slice(0, mostMembers).map(({ file, line, name }) => `    goes with it: ${file}:${line} ${name}`),
    ...(others.length > mostMembers ? [`    and ${others.length - mostMembers} more`] : []),
    `    again: ${replayCommands({ repo, commit: base?.commit.slice(0, 12) ?? "HEAD", subject })[0] ?? ""}`,
    ...(diff === undefined
      ? []
      : diff
          .trimEnd()
          .split("\n")
          .map((line) => `    ${line}`)),
  ];
}

function renderTotal(document: TryDocument): string {
  const { stages, stoppedAt } = document;
  const candidates = document.candidates.filter(({ decision }) => decision.action !== "ignore");
  const ignored = document.candidates.length - candidates.length;
  const proposed = candidates.filter(
    ({ decision }) => decision.action === "propose" || decision.action === "automerge",
  );
  const lines = candidates.reduce((sum, { edits }) => sum + edits.linesRemoved, 0);
  const ms = Object.values(stages).reduce((sum, stage) => sum + stage.ms, 0);
  const seconds = (ms / 1000).toFixed(1);
  const found =
    candidates.length === 0
      ? "Nothing to collect"
      : `${counted(candidates.length, "candidate")}, ${proposed.length} to propose, ${counted(lines, "line")} in all`;
  const rest = ignored === 0 ? "" : `; ${ignored} that the policy ignores`;
  return `${found}${rest}; ${seconds} s${stoppedAt === undefined ? "" : `; stopped at ${stoppedAt.stage}`}.`;
}
