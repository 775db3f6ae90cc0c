import { clip, counted, duration, plainLine } from "../core/markdown.ts";
import type { SlackBlock, SlackMessage } from "../core/slack-message.ts";
import type { ErrorRecord } from "../core/errors.ts";
import type { RepoStanding } from "../core/standing.ts";
import type { NightResult, RepoResult } from "../core/stage.ts";
import { figuresOf, headline, proposalsOf, type Proposal } from "./figures.ts";

/**
 * Slack allows 50 blocks, 150 characters in a header and 3,000 in a section, and refuses messages of more than about
 * 13,200 characters over all blocks; these stay below.
 */
const limits = { blocks: 45, header: 150, section: 2800, json: 10_000 } as const;

/** The largest pull requests are listed; the report has all of them. */
const mostPullRequests = 6;
/** A thread has the others, up to a number of which nobody reads more. */
const itemsInThread = 8;
const mostInThread = 25;

const dayMs = 86_400_000;

/** What the night's own records do not say. */
type Background = {
  readonly standings: ReadonlyMap<string, RepoStanding>;
  /** Slack ids by the login of their GitHub account. */
  readonly owners: ReadonlyMap<string, string>;
};

/**
 * The messages of a night: one for the channel, and for its thread the pull requests that it has no room for. None when
 * nothing was opened and nothing needs a person: then it is quiet.
 */
export function renderDigest(night: NightResult, background: Background): readonly SlackMessage[] {
  const opened = night.repos
    .flatMap((repo) =>
      proposalsOf(repo).flatMap((proposal) => (proposal.outcome.kind === "already-open" ? [] : [{ repo, proposal }])),
    )
    .toSorted((a, b) => b.proposal.linesRemoved - a.proposal.linesRemoved)
    .map(({ repo, proposal }) => section(pullRequest(repo, proposal, background.owners)));
  const stopped = night.repos.filter((repo) => repo.stopped !== undefined);
  const alarmed = night.repos.filter(
    ({ stages, stopped }) => stopped === undefined && (stages.mark?.alarms.length ?? 0) > 0,
  );
  if (opened.length + stopped.length + alarmed.length === 0) return [];
  const left = opened.slice(mostPullRequests);
  const items = [
    ...opened.slice(0, mostPullRequests),
    ...(left.length > 0 ? [context(`…and ${counted(left.length, "more pull request")} in the report.`)] : []),
    ...stopped.map((repo) => section(stop(repo))),
    ...alarmed.map((repo) =>
      context(`${escape(repo.repo)} is reported only: ${escape(repo.stages.mark?.alarms[0]?.text ?? "")}`),
    ),
  ];
  const title = `Nightsweep: ${headline(night)}`;
  const header: SlackBlock = { type: "header", text: { type: "plain_text", text: clip(title, limits.header) } };
  const record = recordOf(night, background.standings).map(context);
  return [messageOf(escape(title), [header, context(figures(night)), ...fitting(items), ...record]), ...threadOf(left)];
}

/** What is said when a night failed as a whole: nothing was swept, and there is no report of it. */
export function renderFailure(day: string, { message, advice }: ErrorRecord): SlackMessage {
  const title = `Nightsweep: the night of ${day} failed`;
  const header: SlackBlock = { type: "header", text: { type: "plain_text", text: clip(title, limits.header) } };
  return messageOf(title, [header, section(`:warning: ${escape(clip(message, 500))}\n${escape(clip(advice, 300))}`)]);
}

function messageOf(text: string, blocks: readonly SlackBlock[]): SlackMessage {
  return { text: clip(text, limits.section), blocks, unfurl_links: false, unfurl_media: false };
}

/** As many messages as it takes, in whole items. */
function threadOf(items: readonly SlackBlock[]): readonly SlackMessage[] {
  const pages = Array.from({ length: Math.ceil(items.length / itemsInThread) }, (_, index) =>
    items.slice(index * itemsInThread, (index + 1) * itemsInThread),
  );
  return pages
    .slice(0, mostInThread)
    .map((page) => messageOf(`Further pull requests: ${page.length} of ${items.length}`, fitting(page)));
}

/** How long others wait, and what people made of the last month. */
function recordOf({ night }: NightResult, standings: Background["standings"]): readonly string[] {
  const all = [...standings.values()].flatMap(({ pullRequests }) => pullRequests);
  const daysSince = (then: string) =>
    Math.round((Date.parse(night.slice(0, 10)) - Date.parse(then.slice(0, 10))) / dayMs);
  const ages = all.flatMap(({ state, night: since }) =>
    state === "open" && daysSince(since) > 0 ? [daysSince(since)] : [],
  );
  const recent = all.filter(({ night: since }) => daysSince(since) <= 30);
  const count = (wanted: string) => recent.filter(({ state }) => state === wanted).length;
  return [
    ...(ages.length === 0
      ? []
      : [
          `Still waiting: ${counted(ages.length, "older pull request")}, the oldest for ${counted(Math.max(...ages), "day")}.`,
        ]),
    ...(recent.length === 0
      ? []
      : [
          `Last 30 days: ${recent.length} opened, ${count("merged")} merged, ${count("closed")} closed, ${count("open")} open.`,
        ]),
  ];
}

/** Whole blocks as long as they fit, then how many are left out. */
function fitting(items: readonly SlackBlock[]): readonly SlackBlock[] {
  const kept: SlackBlock[] = [];
  let length = 1500;
  for (const item of items) {
    length += JSON.stringify(item).length;
    if (length > limits.json || kept.length >= limits.blocks - 3) break;
    kept.push(item);
  }
  const left = items.length - kept.length;
  return left === 0 ? kept : [...kept, context(`…and ${left} more in the report.`)];
}

function figures(night: NightResult): string {
  const all = night.repos.map(figuresOf);
  const lines = all.reduce((sum, { linesRemoved }) => sum + linesRemoved, 0);
  const settled = night.repos.filter(({ stopped }) => stopped === undefined).length;
  const dry = night.dryRun ? " · dry run" : "";
  return `${night.night} · ${duration(night.ms)} · ${settled} of ${counted(all.length, "repository", "repositories")} swept · −${lines} lines${dry}`;
}

function pullRequest(
  repo: RepoResult,
  { outcome, candidates, linesRemoved }: Proposal,
  slackIds: Background["owners"],
): string {
  const name = clip(`${repo.repo}: ${outcome.branch.replace(/^nightsweep\//, "")}`, 150);
  const link =
    "url" in outcome && /^https?:\/\/[^\s<>|]{1,500}$/.test(outcome.url)
      ? `<${escape(outcome.url)}|${escape(name)}>`
      : escape(name);
  const subjects = candidates.slice(0, 5).map(({ subject }) => `\`${escape(clip(subject.name, 80))}\``);
  const more = candidates.length > subjects.length ? ` and ${candidates.length - subjects.length} more` : "";
  const logins = new Set(candidates.flatMap(({ owners }) => owners.map((owner) => owner.replace(/^@/, ""))));
  const mentions = [...logins].flatMap((login) => slackIds.get(login) ?? []).map((id) => `<@${id}>`);
  const owned = mentions.length === 0 ? "" : `\nOwner ${mentions.slice(0, 3).join(" ")}`;
  return `*${link}*\nRemoves ${subjects.join(", ")}${more} · −${linesRemoved} lines${owned}`;
}

function stop({ repo, stopped }: RepoResult): string {
  const message = clip(stopped?.error.message ?? "", 500);
  return `:warning: *${escape(repo)}* stopped in ${stopped?.stage ?? "a stage"}: ${escape(message)}\n${escape(stopped?.error.advice ?? "")}`;
}

function section(text: string): SlackBlock {
  return { type: "section", text: { type: "mrkdwn", text: clip(text, limits.section) } };
}

function context(text: string): SlackBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: clip(text, limits.section) }] };
}

/** Neither a mention, a link nor a format can come from a name: Slack knows them by these characters. */
function escape(text: string): string {
  return plainLine(text).replace(/[`*~]/g, "'").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
