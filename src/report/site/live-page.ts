import { counted } from "../../core/markdown.ts";
import type { RepoStanding } from "../../core/standing.ts";
import { html, nothing, webLink, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { table } from "./table.ts";

/** One repository of the night that is at work, or was last. */
type LiveRepo = { readonly repo: string; readonly state: string; readonly stage: string | null };

/** What is going on, for the page of a running server. */
export type LiveState = {
  /** The latest night; null before the first one. */
  readonly night: {
    readonly night: string;
    readonly startedAt: string;
    readonly isOver: boolean;
    readonly repos: readonly LiveRepo[];
  } | null;
  /** ISO 8601; null when the schedule never comes. */
  readonly nextNight: string | null;
  readonly standings: ReadonlyMap<string, RepoStanding>;
};

/** What runs now, when the next night is, and which pull requests wait for somebody. */
export function renderLivePage(live: LiveState): string {
  const next = live.nextNight === null ? "never" : `${live.nextNight.slice(0, 16).replace("T", " ")} UTC`;
  const content = html`<h1>${titleOf(live)}</h1>
    <p class="lede">Next night: ${next}. <a href="/">Look again</a></p>
    ${live.night === null ? nothing : renderQueue(live.night)} ${renderWaiting(live.standings)}
    <p><a href="/reports/index.html">All nights and their reports</a></p>`;
  return renderPage({ title: titleOf(live), trail: [{ name: "Now" }], content });
}

function titleOf({ night }: LiveState): string {
  if (night === null) return "No night yet";
  if (night.isOver) return `The night ${night.night} is over`;
  const done = night.repos.filter(({ state }) => state === "settled" || state === "stopped").length;
  return `The night ${night.night} is at work: ${done} of ${counted(night.repos.length, "repository", "repositories")}`;
}

function renderQueue({ repos, startedAt }: NonNullable<LiveState["night"]>): Html {
  const rows = repos.map(
    ({ repo, state, stage }) =>
      html`<tr>
        <th scope="row">${repo}</th>
        <td>${state}</td>
        <td>${stage ?? ""}</td>
      </tr>`,
  );
  return html`<h2>Repositories</h2>
    <p class="soft">Begun ${startedAt.slice(0, 16).replace("T", " ")} UTC.</p>
    ${table(
      "Repositories",
      html`<th scope="col">Repository</th>
        <th scope="col">State</th>
        <th scope="col">Last stage that ended</th>`,
      rows,
    )}`;
}

function renderWaiting(standings: LiveState["standings"]): Html {
  const rows = [...standings].flatMap(([repo, { pullRequests }]) =>
    pullRequests
      .filter(({ state }) => state === "open")
      .map(
        ({ branch, url, night, candidates }) =>
          html`<tr>
            <th scope="row">${webLink(url, html`${branch.replace(/^nightsweep\//, "")}`)}</th>
            <td>${repo}</td>
            <td class="n">${candidates.length}</td>
            <td class="nw">${night}</td>
          </tr>`,
      ),
  );
  if (rows.length === 0) return html`<p>No pull request waits for anybody.</p>`;
  return html`<h2>Waiting for somebody</h2>
    ${table(
      "Pull requests that wait",
      html`<th scope="col">Pull request</th>
        <th scope="col">Repository</th>
        <th scope="col" class="n">Candidates</th>
        <th scope="col">Since</th>`,
      rows,
    )}`;
}
