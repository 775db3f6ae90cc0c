import { clip, counted, duration } from "../../core/markdown.ts";
import { assuranceLevels } from "../../core/policy.ts";
import type { SlackBlock, SlackMessage } from "../../core/slack-message.ts";
import type { RepoResult } from "../../core/stage.ts";
import { context, escape, fitting, header, link, messageOf, prose, section } from "./blocks.ts";
import { openedItems, pullRequestItem, stopItem, type OpenedItem } from "./items.ts";
import { latestRuns, pageAt, runsOf, type Morning, type Trouble } from "./morning.ts";
import { repositoryDetails } from "./details.ts";
import { endedLine, recordLine, waitingLine, waitingOf } from "./record.ts";

/** The largest pull requests are listed in the channel; the thread has the others. */
const mostPullRequests = 6;
/** A thread has so many items a message, up to a number of messages of which nobody reads more. */
const itemsInThread = 8;
const mostInThread = 30;

/**
 * The messages of a digest: one for the channel, and its thread. None when nothing was opened, nothing needs a person and
 * something was said within the week: then it is quiet.
 */
export function renderDigest(morning: Morning): readonly SlackMessage[] {
  const opened = openedItems(morning, runsOf(morning));
  const needs = needsOf(morning);
  if (opened.length + needs.length + morning.trouble.length === 0 && morning.atWork === null)
    return morning.isWeekly ? [weeklyLine(morning)] : [];
  const title = `Nightsweep: ${headlineOf(morning, opened)}`;
  const items = opened.map((item) => pullRequestItem(morning, item));
  const left = items.slice(mostPullRequests);
  const body = [
    ...morning.trouble.map((one) => section(troubleInWords(one))),
    ...atWorkLine(morning),
    ...leadOf(opened),
    ...items.slice(0, mostPullRequests),
    ...(left.length > 0 ? [context(`…and ${counted(left.length, "more pull request")} in the thread.`)] : []),
    ...needs,
  ];
  const ends = [endedLine(morning), waitingLine(morning), recordLine(morning)].filter((line) => line !== "");
  const first = messageOf(escape(title), [
    header(title),
    ...figuresLine(morning).map(context),
    ...fitting(body),
    ...ends.map(context),
  ]);
  return [first, ...threadOf([...left, ...repositoryDetails(morning)])];
}

function headlineOf(morning: Morning, opened: readonly OpenedItem[]): string {
  const stopped = stoppedOf(morning).length;
  const missing = morning.trouble.some(({ kind }) => kind === "missing");
  const failed = morning.trouble.some(({ kind }) => kind === "failed");
  const parts = [
    ...(failed ? ["the night failed"] : []),
    ...(missing ? ["no night ran"] : []),
    ...(opened.length > 0 ? [`${counted(opened.length, "pull request")} to review`] : []),
    ...(stopped > 0 ? [counted(stopped, "repository needs you", "repositories need you")] : []),
    ...(morning.atWork === null ? [] : ["the night is still at work"]),
  ];
  if (parts.length > 0) return parts.join(", ");
  return counted(latestRuns(morning).length, "repository", "repositories") + " swept, nothing to review";
}

function stoppedOf(morning: Morning): readonly RepoResult[] {
  return latestRuns(morning).filter(({ stopped }) => stopped !== undefined);
}

/** What somebody has to see to: what stopped, and what is reported only since tonight. */
function needsOf(morning: Morning): readonly SlackBlock[] {
  const alarmed = latestRuns(morning).filter(
    ({ repo, stopped, stages }) =>
      stopped === undefined && (stages.mark?.alarms.length ?? 0) > 0 && !morning.knownAlarms.has(repo),
  );
  return [
    ...stoppedOf(morning).map((run) => stopItem(morning, run)),
    ...alarmed.map(({ repo, stages }) =>
      section(
        `*${escape(repo)}* is reported only from now on: ${prose(clip(stages.mark?.alarms[0]?.text ?? "", 300))}`,
      ),
    ),
  ];
}

function troubleInWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case "missing": {
      const last = trouble.last === null ? "There was none before it either." : `The last one was ${trouble.last}.`;
      return (
        `:warning: *No night ran.* One was due at ${trouble.due.slice(0, 16).replace("T", " ")} UTC. ${last}\n` +
        "See whether `nightsweep daemon` is running; `nightsweep doctor` says what it lacks."
      );
    }
    case "failed":
      return `:warning: *The night of ${trouble.day} failed as a whole*, and nothing was swept: ${prose(clip(trouble.error.message, 500))}\n${prose(clip(trouble.error.advice, 300))}`;
    default:
      return trouble satisfies never;
  }
}

function atWorkLine({ atWork }: Morning): readonly SlackBlock[] {
  if (atWork === null) return [];
  const { night, done, total } = atWork;
  const rest = "What is missing here comes with the next digest.";
  return [
    context(`The night ${night} has not ended: ${done} of ${counted(total, "repository", "repositories")}. ${rest}`),
  ];
}

/** One line that says what all of it comes to. */
function leadOf(opened: readonly OpenedItem[]): readonly SlackBlock[] {
  if (opened.length === 0) return [];
  const lines = opened.reduce((sum, { proposal }) => sum + proposal.linesRemoved, 0);
  const levels = opened.flatMap(({ proposal }) => proposal.batch?.assurance ?? []);
  const counts = assuranceLevels
    .toReversed()
    .map((level) => [level, levels.filter((one) => one === level).length] as const)
    .filter(([, count]) => count > 0);
  const sure = counts.map(([level, count]) => (counts.length === 1 ? level : `${count} ${level}`)).join(", ");
  const how = sure === "" ? "" : `, ${counts.length === 1 && opened.length > 1 ? `all ${sure}` : sure}`;
  return [section(`*−${lines.toLocaleString("en-US")} lines* in ${counted(opened.length, "pull request")}${how}.`)];
}

/** Which nights these are, and where all of it can be read. */
function figuresLine(morning: Morning): readonly string[] {
  const { nights } = morning;
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return [];
  const runs = latestRuns(morning);
  const swept = runs.filter(({ stopped }) => stopped === undefined).length;
  const names = first.night === last.night ? first.night : `${first.night} to ${last.night}`;
  const page = pageAt(morning, `reports/${encodeURIComponent(last.night)}/index.html`);
  return [
    [
      `Night ${names}`,
      duration(nights.reduce((sum, { ms }) => sum + ms, 0)),
      `${swept} of ${counted(runs.length, "repository", "repositories")} swept`,
      ...(page === null ? [] : [link(page, "full report")]),
    ].join(" · "),
  ];
}

/** That there was nothing, once a week, so that silence is known to be good news. */
function weeklyLine(morning: Morning): SlackMessage {
  const count = new Set(morning.nights.map(({ night }) => night)).size;
  const waiting = waitingOf(morning).length;
  const nights =
    count === 0 ? "" : ` ${counted(latestRuns(morning).length, "repository", "repositories")} swept tonight.`;
  const said = `Nightsweep is well: a week with nothing that needs you.${nights}`;
  const lines = [waiting === 0 ? "" : waitingLine(morning), recordLine(morning)].filter((line) => line !== "");
  return messageOf(said, [context([said, ...lines].join("\n"))]);
}

/** As many messages as it takes, in whole items. */
function threadOf(items: readonly SlackBlock[]): readonly SlackMessage[] {
  const pages = Array.from({ length: Math.ceil(items.length / itemsInThread) }, (_, index) =>
    items.slice(index * itemsInThread, (index + 1) * itemsInThread),
  );
  return pages
    .slice(0, mostInThread)
    .map((page, index) => messageOf(`Details, ${index + 1} of ${Math.min(pages.length, mostInThread)}`, fitting(page)));
}
