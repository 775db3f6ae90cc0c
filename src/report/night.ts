import type { Candidate } from "../core/candidate.ts";
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
import { stages, type NightResult, type RepoResult } from "../core/stage.ts";
import { figuresOf, headline, proposalsOf, unproposedOf, type Proposal } from "./figures.ts";
import { linkTo } from "./links.ts";
import { renderStanding } from "./standing.ts";
import { trustLines } from "./trust.ts";

const mostExamples = 3;

/** The report of a night as Markdown: the result first, then each repository, what stopped, and what was left and why. */
export function renderNight(night: NightResult): string {
  const sections = [
    `# Night ${night.night}`,
    `**${headline(night)}.** ${summary(night)}`,
    repositories(night),
    stopped(night.repos),
    left(night),
    alarms(night.repos),
    trust(night.repos),
    pullRequests(night.repos),
    standing(night.repos),
    unproposed(night.repos),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** What one pull request takes, for a list: title line and a line for each candidate. */
export function renderProposal(proposal: Proposal): string {
  const { outcome, candidates, linesRemoved } = proposal;
  const state = {
    opened: "opened",
    "already-open": "open since an earlier night",
    "would-open": "would be opened",
  } as const;
  const branch = codeSpan(outcome.branch);
  const name = "url" in outcome ? linkTo(outcome.url, branch) : branch;
  const items = candidates.map((candidate) => `  - ${renderSubject(candidate)}`);
  return [`- ${name}: ${state[outcome.kind]}, −${linesRemoved} lines`, ...items].join("\n");
}

/** A candidate in one line: what it is and where. */
export function renderSubject({ category, subject, members }: Candidate): string {
  const more = members.length > 1 ? ` and ${members.length - 1} more with it` : "";
  const place = codeSpan(clip(`${subject.file}:${subject.line}`, 160));
  return `${codeSpan(clip(subject.name, 120))}${more} in ${place}, ${category}`;
}

/** What stopped a repository and what to do about it, with the end of the log when there is one. */
export function renderStop({ stopped }: RepoResult): string {
  if (stopped === undefined) return "";
  const { stage, error } = stopped;
  const lines = [
    `Stopped in the stage ${stage}: ${proseWithCode(error.message)}`,
    `What to do: ${proseWithCode(error.advice)}`,
  ];
  return [...lines, ...(error.detail === undefined ? [] : [codeBlock(error.detail)])].join("\n\n");
}

function summary(night: NightResult): string {
  const all = night.repos.map(figuresOf);
  const lines = all.reduce((sum, { linesRemoved }) => sum + linesRemoved, 0);
  const found = all.reduce((sum, figures) => sum + figures.found, 0);
  const dry = night.dryRun ? " This was a dry run: nothing was published." : "";
  return `${counted(found, "candidate")} in ${counted(all.length, "repository", "repositories")}, ${counted(lines, "line")} proposed to go, in ${duration(night.ms)}.${dry}`;
}

function repositories({ repos }: NightResult): string {
  const rows = repos.map((repo) => {
    const figures = figuresOf(repo);
    const passes = figures.byPass.map(([pass, found]) => `${found} ${pass}`).join(", ");
    const times = stages.flatMap((stage) =>
      repo.ms[stage] === undefined ? [] : [`${stage} ${duration(repo.ms[stage])}`],
    );
    return [
      codeSpan(repo.repo),
      stateOf(repo),
      passes === "" ? "none" : passes,
      String(figures.proposed),
      figures.linesRemoved === 0 ? "0" : `−${figures.linesRemoved}`,
      String(figures.checkRuns),
      times.join(", "),
      `[${escapeMarkdown(repo.repo)}/repo.md](${encodeURI(repo.repo)}/repo.md)`,
    ];
  });
  const header = ["Repository", "State", "Candidates", "Proposed", "Lines", "Checks run", "Time", "Details"];
  return `## Repositories\n\n${table(header, rows)}`;
}

function stopped(repos: readonly RepoResult[]): string {
  const items = repos.filter((repo) => repo.stopped !== undefined);
  if (items.length === 0) return "";
  return ["## What stopped", ...items.map((repo) => `### ${codeSpan(repo.repo)}\n\n${renderStop(repo)}`)].join("\n\n");
}

function stateOf({ stopped, rested }: RepoResult): string {
  if (stopped !== undefined) return `stopped in ${stopped.stage}`;
  return rested === undefined ? "settled" : `only looked at: ${rested.because}`;
}

function left({ left: repos = [] }: NightResult): string {
  if (repos.length === 0) return "";
  return `## Goes on the next night\n\nThe window had no room for ${repos.map((repo) => codeSpan(repo)).join(", ")}.`;
}

function trust(repos: readonly RepoResult[]): string {
  const lines = repos.flatMap((repo) => trustLines(repo).map((line) => `- ${codeSpan(repo.repo)}: ${line}`));
  return lines.length === 0 ? "" : `## Trust\n\n${lines.join("\n")}`;
}

function alarms(repos: readonly RepoResult[]): string {
  const items = repos.flatMap((repo) =>
    (repo.stages.mark?.alarms ?? []).map(({ text }) => `- ${codeSpan(repo.repo)}: ${proseWithCode(text)}`),
  );
  return items.length === 0 ? "" : `## Reported only, because of\n\n${items.join("\n")}`;
}

function pullRequests(repos: readonly RepoResult[]): string {
  const sections = repos.flatMap((repo) => {
    const proposals = proposalsOf(repo);
    return proposals.length === 0 ? [] : [`### ${codeSpan(repo.repo)}\n\n${proposals.map(renderProposal).join("\n")}`];
  });
  return sections.length === 0 ? "" : ["## Pull requests", ...sections].join("\n\n");
}

function standing(repos: readonly RepoResult[]): string {
  const sections = repos.flatMap((repo) => {
    const rows = renderStanding(repo);
    return rows === "" ? [] : [`### ${codeSpan(repo.repo)}\n\n${rows}`];
  });
  return sections.length === 0 ? "" : ["## Pull requests that stood already", ...sections].join("\n\n");
}

function unproposed(repos: readonly RepoResult[]): string {
  const rows = repos.flatMap((repo) =>
    unproposedOf(repo).map(({ because, candidates }) => [
      codeSpan(repo.repo),
      proseWithCode(clip(because, 300)),
      String(candidates.length),
      candidates
        .slice(0, mostExamples)
        .map(({ subject }) => codeSpan(clip(`${subject.file}#${subject.name}`, 120)))
        .join(", "),
    ]),
  );
  if (rows.length === 0) return "";
  return `## Not proposed, and why\n\n${table(["Repository", "Why", "How many", "For example"], rows)}`;
}
