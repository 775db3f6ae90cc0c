import { counted, duration, plainLine } from "../core/markdown.ts";
import type { NightResult, RepoResult } from "../core/stage.ts";
import { figuresOf, headline, proposalsOf } from "./figures.ts";
import { standingLines } from "./standing.ts";

/** What a terminal shows when a night ends: the result, a line or two for each repository, and where to look. */
export function renderNightSummary(ended: { readonly result: NightResult; readonly reportPath: string }): string {
  const { result, reportPath } = ended;
  return [
    `Night ${result.night}: ${headline(result)} (${duration(result.ms)}).`,
    ...result.repos.flatMap(repoLines),
    `Report: ${plainLine(reportPath)}`,
  ].join("\n");
}

function repoLines(repo: RepoResult): readonly string[] {
  const name = plainLine(repo.repo);
  if (repo.stopped !== undefined) {
    const { stage, error } = repo.stopped;
    return [`  ${name}: stopped in ${stage}. ${plainLine(error.message)}`, `    ${plainLine(error.advice)}`];
  }
  if (repo.rested !== undefined) return [`  ${name}: only looked at. ${plainLine(repo.rested.because)}`];
  const { found, proposed, linesRemoved, checkRuns, ms } = figuresOf(repo);
  const figures = `${counted(found, "candidate")}, ${proposed} proposed (−${linesRemoved} lines), ${counted(checkRuns, "check")} run, ${duration(ms)}`;
  const opened = proposalsOf(repo).map(({ outcome }) => {
    const where = "url" in outcome ? outcome.url : outcome.branch;
    return `    ${outcome.kind}: ${plainLine(where)}`;
  });
  const { sandbox } = repo.stages.checkout ?? {};
  const loud = sandbox?.kind === "none" ? [`    WITHOUT A SANDBOX: ${plainLine(sandbox.because)}`] : [];
  return [`  ${name}: ${figures}`, ...loud, ...opened, ...standingLines(repo)];
}
