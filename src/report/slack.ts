import { clip, counted, duration, plainLine } from "../core/markdown.ts";
import type { SlackBlock, SlackMessage } from "../core/slack-message.ts";
import type { NightResult, RepoResult } from "../core/stage.ts";
import { figuresOf, headline, proposalsOf, type Proposal } from "./figures.ts";

/**
 * Slack allows 50 blocks, 150 characters in a header and 3,000 in a section, and refuses messages of more than about
 * 13,200 characters over all blocks; these stay below.
 */
const limits = { blocks: 45, header: 150, section: 2800, json: 10_000 } as const;

/** The largest pull requests are listed; the report has all of them. */
const mostPullRequests = 6;

/** The morning message of a night, or null when nothing was opened and nothing needs a person: then it is quiet. */
export function renderSlackMessage(night: NightResult): SlackMessage | null {
  const opened = night.repos
    .flatMap((repo) =>
      proposalsOf(repo).flatMap((proposal) => (proposal.outcome.kind === "already-open" ? [] : [{ repo, proposal }])),
    )
    .toSorted((a, b) => b.proposal.linesRemoved - a.proposal.linesRemoved);
  const stopped = night.repos.filter((repo) => repo.stopped !== undefined);
  const alarmed = night.repos.filter(
    ({ stages, stopped }) => stopped === undefined && (stages.mark?.alarms.length ?? 0) > 0,
  );
  if (opened.length + stopped.length + alarmed.length === 0) return null;
  const shown = opened.slice(0, mostPullRequests).map(({ repo, proposal }) => section(pullRequest(repo, proposal)));
  const left = opened.length - shown.length;
  const items = [
    ...shown,
    ...(left > 0 ? [context(`…and ${counted(left, "more pull request")} in the report.`)] : []),
    ...stopped.map((repo) => section(stop(repo))),
    ...alarmed.map((repo) =>
      context(`${escape(repo.repo)} is reported only: ${escape(repo.stages.mark?.alarms[0]?.text ?? "")}`),
    ),
  ];
  const title = `Nightsweep: ${headline(night)}`;
  const header: SlackBlock = { type: "header", text: { type: "plain_text", text: clip(title, limits.header) } };
  return {
    text: escape(title),
    blocks: [header, context(figures(night)), ...fitting(items)],
    unfurl_links: false,
    unfurl_media: false,
  };
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

function pullRequest(repo: RepoResult, { outcome, candidates, linesRemoved }: Proposal): string {
  const name = `${repo.repo}: ${outcome.branch.replace(/^nightsweep\//, "")}`;
  const link =
    "url" in outcome && /^https?:\/\/[^\s<>|]+$/.test(outcome.url)
      ? `<${escape(outcome.url)}|${escape(name)}>`
      : escape(name);
  const subjects = candidates.slice(0, 5).map(({ subject }) => `\`${escape(clip(subject.name, 80))}\``);
  const more = candidates.length > subjects.length ? ` and ${candidates.length - subjects.length} more` : "";
  return `*${link}*\nRemoves ${subjects.join(", ")}${more} · −${linesRemoved} lines`;
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
