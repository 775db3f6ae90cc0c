import type { CheckRun, Verification } from "../core/check.ts";
import {
  clip,
  codeBlock,
  codeSpan,
  counted,
  duration,
  escapeMarkdown,
  proseWithCode,
  table,
} from "../core/markdown.ts";
import type { Note } from "../core/keep.ts";
import type { Marking } from "../core/marking.ts";
import { sandboxKinds } from "../core/sandbox.ts";
import type { NightId } from "../core/names.ts";
import type { RepoResult, StageOutputs } from "../core/stage.ts";
import { proposalsOf } from "./figures.ts";
import { renderSecondOpinions } from "./second-opinions.ts";
import { trustLines } from "./trust.ts";
import { renderProposal, renderStop, renderSubject } from "./night.ts";
import { renderStanding } from "./standing.ts";

/** A list that is longer is read in the record instead. */
const mostCandidates = 200;

/** One repository's night in detail, as Markdown: what was found, decided, checked and proposed. */
export function renderRepo(repo: RepoResult, night: NightId): string {
  const { checkout, mark, verify } = repo.stages;
  const sections = [
    `# ${escapeMarkdown(repo.repo)}, night ${night}`,
    renderStop(repo),
    repo.rested === undefined ? "" : `Only looked at: ${repo.rested.because}.`,
    checkout === undefined ? "" : footing(checkout),
    mark === undefined ? "" : marking(mark),
    trustLines(repo).join("\n\n"),
    pullRequests(repo),
    standing(repo),
    candidates(repo),
    renderSecondOpinions(repo),
    notes(repo.stages.find?.notes ?? []),
    verify === undefined ? "" : checks(verify),
    verify === undefined ? "" : culprits(verify),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function footing({ location, base, installation, sandbox, grants, unmet }: StageOutputs["checkout"]): string {
  const installed =
    installation === null
      ? "nothing was installed"
      : `installed with ${codeSpan(installation.command.join(" "))} in ${duration(installation.ms)}` +
        (installation.lockfile === null ? ", without a lock file the newest versions that fit" : "") +
        (installation.node === undefined ? "" : `, run with ${codeSpan(installation.node)}`);
  const enclosed =
    sandbox === undefined
      ? ""
      : sandbox.kind === "none"
        ? `\n\n**Without a sandbox** its code ran with all rights of this user: ${proseWithCode(sandbox.because)}.`
        : ` Its code ran in ${sandboxKinds[sandbox.kind]}.`;
  const granted = grants === undefined ? "" : ` It was given more: ${grants.map(codeSpan).join(", ")}.`;
  const asked =
    unmet === undefined
      ? ""
      : ` It asks for more, which only the operator can give in \`repositories[].grants\`: ${unmet.map(codeSpan).join(", ")}.`;
  return `${codeSpan(location)}, branch ${codeSpan(base.branch)} at ${codeSpan(base.commit)}; ${installed}.${enclosed}${granted}${asked}`;
}

function marking({ roots, alarms, counts }: Marking): string {
  const strong = roots.filter(({ strength }) => strength === "strong").length;
  const lines = [
    `${counted(strong, "strong root")} and ${roots.length - strong} weak; ${counted(counts.files, "file")}, ` +
      `${counted(counts.lines, "line")}, ${counted(counts.declarations, "declaration")}, of which ` +
      `${counts.deadDeclarations} dead and ${counts.testOnlyDeclarations} reached by tests only; ` +
      `${counted(counts.deadFiles, "dead file")}.`,
    ...alarms.map(({ text }) => `**Reported only:** ${proseWithCode(text)}`),
  ];
  return lines.join("\n\n");
}

function pullRequests(repo: RepoResult): string {
  const proposals = proposalsOf(repo);
  return proposals.length === 0 ? "" : `## Pull requests\n\n${proposals.map(renderProposal).join("\n")}`;
}

function standing(repo: RepoResult): string {
  const rows = renderStanding(repo);
  return rows === "" ? "" : `## Pull requests that stood already\n\n${rows}`;
}

function candidates({ stages }: RepoResult): string {
  const found = stages.find?.candidates ?? [];
  if (found.length === 0) return stages.find === undefined ? "" : "## Candidates\n\nNone.";
  const decisions = new Map((stages.decide?.decisions ?? []).map((decision) => [decision.id, decision]));
  const rows = found.slice(0, mostCandidates).map((candidate) => {
    const decision = decisions.get(candidate.id);
    const age = candidate.ageDays === null ? "unknown" : counted(candidate.ageDays, "day");
    const decided = decision === undefined ? "" : `${decision.action}: ${proseWithCode(clip(decision.because, 200))}`;
    return [renderSubject(candidate), age, candidate.exposure, candidate.assurance, decided];
  });
  const more = found.length > mostCandidates ? `\n\n…and ${found.length - mostCandidates} more, in find.json.` : "";
  return `## Candidates\n\n${table(["What", "Age", "Visible to", "Assurance", "Decision"], rows)}${more}`;
}

/** What owners may want to mend. */
function notes(found: readonly Note[]): string {
  if (found.length === 0) return "";
  const items = found
    .slice(0, mostCandidates)
    .map(({ file, line, text }) => `- ${codeSpan(`${file}:${line}`)} ${proseWithCode(text)}`);
  return ["## Notes", "", ...items].join("\n");
}

function checks({ baseline, trees }: Verification): string {
  const row = (tree: string, runs: readonly CheckRun[]) =>
    runs.map((run) => [
      tree,
      codeSpan(run.check),
      run.result,
      run.tests === null ? "" : `${run.tests.passed} passed, ${run.tests.failed} failed`,
      duration(run.ms),
    ]);
  const rows = [
    ...row("before", baseline.runs),
    ...trees.flatMap(({ tree, candidates, runs }) =>
      row(`${codeSpan(tree.slice(0, 10))}, ${counted(candidates.length, "candidate")}`, runs),
    ),
  ];
  if (rows.length === 0) return "## Checks\n\nNone ran.";
  return `## Checks\n\n${table(["Tree", "Check", "Result", "Tests", "Time"], rows)}`;
}

function culprits({ culprits }: Verification): string {
  if (culprits.length === 0) return "";
  const items = culprits.map(
    ({ id, check, tail }) => `### ${codeSpan(clip(id, 200))}\n\nBreaks ${codeSpan(check)}:\n\n${codeBlock(tail)}`,
  );
  return ["## What turned out to be needed", ...items].join("\n\n");
}
