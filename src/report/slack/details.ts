import { clip, counted, duration } from "../../core/markdown.ts";
import { categories } from "../../core/policy.ts";
import type { SlackBlock } from "../../core/slack-message.ts";
import { figuresOf, unproposedOf } from "../figures.ts";
import { escape, prose, section } from "./blocks.ts";
import { latestRuns, type Morning } from "./morning.ts";

/** More repositories are in the report. */
const mostRepositories = 40;
const mostReasons = 4;

/** For the thread: what was found in each repository, and why not more of it was proposed. */
export function repositoryDetails(morning: Morning): readonly SlackBlock[] {
  return latestRuns(morning)
    .filter(({ stopped }) => stopped === undefined)
    .map((run) => ({ run, figures: figuresOf(run) }))
    .filter(({ figures }) => figures.found > 0)
    .toSorted((a, b) => b.figures.found - a.figures.found)
    .slice(0, mostRepositories)
    .map(({ run, figures }) => {
      const found = figures.byPass.map(([pass, count]) => `${count} ${categories[pass].title.toLowerCase()}`);
      const left = unproposedOf(run).map(
        ({ because, candidates }) => `• ${candidates.length} not proposed: ${prose(clip(because, 160))}`,
      );
      const more = left.length > mostReasons ? [`• and ${left.length - mostReasons} more reasons in the report`] : [];
      const checks = `${counted(figures.checkRuns, "check")} run in ${duration(figures.ms)}`;
      return section(
        [
          `*${escape(run.repo)}*: ${counted(figures.found, "candidate")} (${clip(found.join(", "), 300)}), ${figures.proposed} proposed, ${checks}`,
          ...left.slice(0, mostReasons),
          ...more,
        ].join("\n"),
      );
    });
}
