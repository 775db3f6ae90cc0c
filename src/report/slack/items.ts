import type { Candidate } from "../../core/candidate.ts";
import { clip, counted } from "../../core/markdown.ts";
import { categories } from "../../core/policy.ts";
import { encodeChoice, slackChoices, type SlackChoice } from "../../core/slack-choice.ts";
import { slackNames } from "../../core/slack-interaction.ts";
import type { SlackAccessory, SlackBlock, SlackOption } from "../../core/slack-message.ts";
import type { RepoResult } from "../../core/stage.ts";
import type { RepoStanding } from "../../core/standing.ts";
import { proposalsOf, type Proposal } from "../figures.ts";
import { code, escape, isWebAddress, link, prose, section } from "./blocks.ts";
import { pageAt, type Morning } from "./morning.ts";

/** A pull request of a repository, with its number where the store knows it. */
export type OpenedItem = { readonly repo: RepoResult; readonly proposal: Proposal; readonly number: number | null };

/** What is opened and still open, the largest first. */
export function openedItems(morning: Morning, runs: readonly RepoResult[]): readonly OpenedItem[] {
  return runs
    .flatMap((repo) =>
      proposalsOf(repo).flatMap((proposal): readonly OpenedItem[] => {
        if (proposal.outcome.kind !== "opened") return [];
        const known = pullRequestOf(morning.standings.get(repo.repo), proposal.outcome.branch);
        // What somebody merged or closed before breakfast waits for nobody.
        if (known !== undefined && known.state !== "open") return [];
        return [{ repo, proposal, number: known?.number ?? numberIn(proposal.outcome.url) }];
      }),
    )
    .toSorted((a, b) => b.proposal.linesRemoved - a.proposal.linesRemoved);
}

function pullRequestOf(standing: RepoStanding | undefined, branch: string) {
  return standing?.pullRequests.findLast((one) => one.branch === branch);
}

function numberIn(url: string): number | null {
  const digits = /\/pull\/(\d+)$/.exec(url)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What somebody has to know to say yes or no, and the choices that there are. */
export function pullRequestItem(morning: Morning, { repo, proposal, number }: OpenedItem): SlackBlock {
  const { outcome, candidates } = proposal;
  const url = "url" in outcome ? outcome.url : "";
  const name = number === null ? outcome.branch.replace(/^nightsweep\//, "") : `#${number}`;
  const title = `*${link(url, escape(clip(`${repo.repo} ${name}`, 150)))}*  ${themeOf(candidates, repo, proposal)}`;
  const subjects = candidates.slice(0, 4).map(({ subject }) => code(subject.name));
  const more = candidates.length > subjects.length ? ` and ${candidates.length - subjects.length} more` : "";
  const lines = [title, `${subjects.join(", ")}${more}`, factsOf(proposal), mentions(morning, candidates)];
  const accessory = number === null ? null : menuFor({ repo: repo.repo, number });
  const text = [...lines, morning.hasButtons ? "" : linksFor(morning, { url, repo: repo.repo, number })];
  const said = text.filter((line) => line !== "").join("\n");
  if (!morning.hasButtons || accessory === null) return section(said);
  return section(said, { block_id: blockId(repo.repo, number), accessory });
}

/** A repository that stopped, why, and what to do about it. */
export function stopItem(morning: Morning, { repo, stopped }: RepoResult): SlackBlock {
  const why = prose(clip(stopped?.error.message ?? "", 400));
  const said = `:warning: *${escape(clip(repo, 100))}* was not swept: ${why}.\n${prose(clip(stopped?.error.advice ?? "", 300))} Nothing was changed there.`;
  const menu = menuFor({ repo, number: null });
  if (morning.hasButtons && menu !== null) return section(said, { block_id: blockId(repo, null), accessory: menu });
  const page = pageAt(morning, `repository/${encodeURIComponent(repo)}`);
  return section(page === null ? said : `${said}\n${link(page, "Retry tonight or pause it")}`);
}

/** The name of an item's block: an answer finds its line by it. */
function blockId(repo: string, number: number | null): string {
  return clip(`ns.${repo}.${number ?? "stop"}`, 255);
}

/** The number of the pull request that a line is about, by its block; null: it is about a repository that stopped. */
export function numberOfBlock(block: string): number | null {
  const digits = /^ns\..+\.(\d+)$/.exec(block)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The choices about a pull request, or about a repository that stopped; null where Slack would not take them. */
export function menuFor({ repo, number }: Pick<SlackChoice, "repo" | "number">): SlackAccessory | null {
  const whole = { repo, number: null };
  const options =
    number === null
      ? optionsOf([
          { kind: "retry", ...whole },
          { kind: "pause", ...whole },
        ])
      : optionsOf([
          { kind: "keep", repo, number },
          { kind: "snooze", repo, number },
          { kind: "why", repo, number },
          { kind: "pause", ...whole },
        ]);
  return options === null ? null : { type: "overflow", action_id: slackNames.choice, options };
}

/** null where one of them is longer than Slack takes. */
function optionsOf(choices: readonly SlackChoice[]): readonly SlackOption[] | null {
  const options = choices.flatMap((choice): readonly SlackOption[] => {
    const value = encodeChoice(choice);
    return value === null ? [] : [{ text: { type: "plain_text", text: slackChoices[choice.kind].label }, value }];
  });
  return options.length === choices.length ? options : null;
}

/** "9 unused exports in `src`". */
function themeOf(candidates: readonly Candidate[], repo: RepoResult, { outcome }: Proposal): string {
  const kinds = new Set(candidates.map(({ category }) => category));
  const [only] = kinds;
  const plural = only === undefined || kinds.size > 1 ? "pieces of dead code" : categories[only].title.toLowerCase();
  const single = plural
    .replace(/^pieces/, "piece")
    .replace(/ies$/, "y")
    .replace(/s$/, "");
  const scope = repo.stages.verify?.batches.find(({ candidates: ids }) => ids.join() === outcome.candidates.join());
  const place = scope === undefined || scope.scope === "" ? "" : ` in ${code(scope.scope)}`;
  return `${counted(candidates.length, single, plural)}${place}`;
}

const daysInMonth = 30.4;

/** "−412 lines · 7 files · untouched for 14 months · tested: 1,204 tests green". */
function factsOf({ candidates, linesRemoved, batch }: Proposal): string {
  const ages = candidates.flatMap(({ ageDays }) => ageDays ?? []);
  const age = Math.min(...ages);
  const months = Math.round(age / daysInMonth);
  const rest = age < 60 ? counted(Math.round(age), "day") : counted(months, "month");
  const tests = (batch?.runs ?? []).reduce((sum, { tests: counts }) => sum + (counts?.passed ?? 0), 0);
  const ran = tests > 0 ? `: ${counted(tests, "test")} green` : "";
  return [
    `−${linesRemoved.toLocaleString("en-US")} lines`,
    ...(batch === undefined ? [] : [counted(batch.size.files, "file"), `${batch.assurance}${ran}`]),
    ...(ages.length === 0 ? [] : [`untouched for ${rest}`]),
  ].join(" · ");
}

/** Three people at most, so that nobody is called without need. */
function mentions({ owners }: Morning, candidates: readonly Candidate[]): string {
  const logins = new Set(candidates.flatMap((one) => one.owners.map((owner) => owner.replace(/^@/, ""))));
  const ids = [...new Set([...logins].flatMap((login) => owners.get(login) ?? []))];
  return ids.length === 0
    ? ""
    : `Owner ${ids
        .slice(0, 3)
        .map((id) => `<@${id}>`)
        .join(" ")}`;
}

/** The same choices for a message without buttons: pages of serve where people reach it, else the pull request. */
function linksFor(
  morning: Morning,
  { url, repo, number }: { readonly url: string; readonly repo: string; readonly number: number | null },
): string {
  const page = number === null ? null : pageAt(morning, `pull-request/${encodeURIComponent(repo)}/${number}`);
  if (page !== null) return link(page, "Keep, snooze, pause, or why is it dead?");
  if (!isWebAddress(url)) return "";
  return `${link(url, "Why is it dead?")} · ${link(`${url}#new_comment_field`, "Keep or snooze it with a comment")}`;
}
