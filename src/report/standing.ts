import { lifecycleResults, type StandingOutcome } from "../core/lifecycle.ts";
import { clip, codeSpan, plainLine, proseWithCode, table } from "../core/markdown.ts";
import type { RepoResult } from "../core/stage.ts";
import { linkTo } from "./links.ts";

/** A list that is longer is read in the record instead. */
const mostRows = 100;

/** What became of the pull requests that stood already, each with the name of its result; old endings are left out. */
export function renderStanding(repo: RepoResult): string {
  const told = eventsOf(repo);
  if (told.length === 0) return "";
  const rows = told
    .slice(0, mostRows)
    .map(({ number, url, result, because, done }) => [
      linkTo(url, `#${number}`),
      codeSpan(result),
      proseWithCode(clip(because, 300)),
      done.length === 0 ? "nothing" : done.map((one) => codeSpan(clip(one, 120))).join(", "),
    ]);
  const more = told.length > mostRows ? `\n\n…and ${told.length - mostRows} more, in publish.json.` : "";
  return `${table(["Pull request", "Result", "Why", "Done"], rows)}${more}`;
}

/** The same for a terminal: only where something was done, or something was taken back. */
export function standingLines(repo: RepoResult): readonly string[] {
  return eventsOf(repo)
    .filter(({ result, done }) => done.length > 0 || lifecycleResults[result].stage === "waits")
    .map(({ url, result, because }) => `    ${result}: ${plainLine(url)} (${plainLine(clip(because, 160))})`);
}

/** What waits, what was acted on, and what was taken back: a merge or an answer of long ago is no news. */
function eventsOf({ stages }: RepoResult): readonly StandingOutcome[] {
  return (stages.publish?.standing ?? []).filter(({ result, done }) => {
    const { stage } = lifecycleResults[result];
    return done.length > 0 || stage === "waits" || stage === "acted";
  });
}
