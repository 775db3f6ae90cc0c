import { clip, counted, duration } from "../../core/markdown.ts";
import type { NightResult, RepoResult } from "../../core/stage.ts";
import { stateOf } from "../document.ts";
import { figuresOf, headline, proposalsOf, unproposedOf } from "../figures.ts";
import { renderCandidateFiles, renderCandidates } from "./candidate-list.ts";
import { html, nothing, prose, webLink, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { renderShares } from "./plot.ts";
import { renderStop } from "./repo-page.ts";
import { renderStatus } from "./status.ts";
import { table } from "./table.ts";

/** Lists that are longer are cut on this page; the pages of the repositories have all of it. */
const most = { stopped: 50, alarms: 50, reasons: 200 } as const;

/** With more candidates their list is a page of its own, so that the page of the night opens at once. */
const mostListed = 500;

/** The pages of a night by file name: what came of it, and where there are very many candidates their list. */
export function renderNightPages(night: NightResult): readonly { readonly file: string; readonly text: string }[] {
  const count = night.repos.reduce((sum, { stages }) => sum + (stages.find?.candidates.length ?? 0), 0);
  const first = { file: "index.html", text: renderNightPage(night, count) };
  if (count <= mostListed) return [first];
  const trail = [
    { name: "All nights", href: "../index.html" },
    { name: `Night ${night.night}`, href: "index.html" },
    { name: "All candidates" },
  ];
  const title = `Candidates of ${night.night}`;
  return [first, ...renderCandidateFiles(night.repos, (content) => renderPage({ title, trail, content, data: true }))];
}

/** The result, what needs a person, pull requests, repositories, what was left and why, and the candidates. */
function renderNightPage(night: NightResult, count: number): string {
  const content = html`<h1>${headline(night)}</h1>
    <p class="lede">
      Night ${night.night}, begun ${night.startedAt.slice(0, 16).replace("T", " ")} UTC,
      ${duration(night.ms)}.${night.dryRun ? " A dry run: nothing was published." : ""}
    </p>
    ${renderFigures(night)} ${renderNeeds(night.repos)} ${renderProposals(night.repos)}
    ${renderRepositories(night.repos)} ${renderUnproposed(night.repos)}
    ${count <= mostListed ? renderCandidates(night.repos) : renderListLink(count)}
    <p class="soft">
      The same night for programs: <a href="report.json">report.json</a>; as text: <a href="night.md">night.md</a>.
    </p>`;
  const trail = [{ name: "All nights", href: "../index.html" }, { name: `Night ${night.night}` }];
  return renderPage({ title: `Night ${night.night}: ${headline(night)}`, trail, content });
}

function renderListLink(count: number): Html {
  return html`<h2>All candidates</h2>
    <p><a href="candidates.html">The list of all ${count.toLocaleString("en-US")} candidates</a>, to be filtered.</p>`;
}

function renderFigures({ repos, ms }: NightResult): Html {
  const all = repos.map(figuresOf);
  const sum = (count: (figures: (typeof all)[number]) => number) =>
    all.reduce((total, figures) => total + count(figures), 0).toLocaleString("en-US");
  const settled = repos.filter(({ stopped }) => stopped === undefined).length;
  return html`<dl class="facts">
    <div>
      <dt>Lines proposed to go</dt>
      <dd>−${sum(({ linesRemoved }) => linesRemoved)}</dd>
    </div>
    <div>
      <dt>Candidates</dt>
      <dd>${sum(({ found }) => found)}</dd>
    </div>
    <div>
      <dt>Proposed</dt>
      <dd>${sum(({ proposed }) => proposed)}</dd>
    </div>
    <div>
      <dt>Repositories swept</dt>
      <dd>${settled} <small>of ${repos.length}</small></dd>
    </div>
    <div>
      <dt>Checks run</dt>
      <dd>${sum(({ checkRuns }) => checkRuns)}</dd>
    </div>
    <div>
      <dt>Time</dt>
      <dd>${duration(ms)}</dd>
    </div>
  </dl>`;
}

/** What stops a repository, or keeps it from more than a report, waits for a person. */
function renderNeeds(repos: readonly RepoResult[]): Html {
  const stopped = repos.filter((repo) => repo.stopped !== undefined);
  const alarmed = repos.flatMap((repo) => {
    const alarms = repo.stopped === undefined ? (repo.stages.mark?.alarms ?? []) : [];
    return alarms.length === 0 ? [] : [{ repo, alarms }];
  });
  if (stopped.length + alarmed.length === 0) return nothing;
  return html`<h2>Needs a person</h2>
    ${stopped.slice(0, most.stopped).map(
      (repo) =>
        html`<h3>${linkToRepo(repo)}</h3>
          ${renderStop(repo)}`,
    )}
    ${leftOut(stopped.length - most.stopped, "stopped repository", "stopped repositories")}
    ${alarmed.slice(0, most.alarms).map(
      ({ repo, alarms }) =>
        html`<div class="notice mild">
          <p>${linkToRepo(repo)} is reported only:</p>
          <ul class="plain">
            ${alarms.map(({ text }) => html`<li>${prose(text)}</li>`)}
          </ul>
        </div>`,
    )}
    ${leftOut(alarmed.length - most.alarms, "repository that is reported only", "repositories that are reported only")}`;
}

function renderProposals(repos: readonly RepoResult[]): Html {
  const all = repos
    .flatMap((repo) => proposalsOf(repo).map((proposal) => ({ repo, proposal })))
    .toSorted((a, b) => b.proposal.linesRemoved - a.proposal.linesRemoved);
  if (all.length === 0) return nothing;
  const rows = all.map(({ repo, proposal: { outcome, candidates, linesRemoved } }) => {
    const names = candidates.slice(0, 4).map(({ subject }) => html`<code>${clip(subject.name, 80)}</code> `);
    const more = candidates.length > names.length ? `and ${candidates.length - names.length} more` : "";
    const branch = html`${clip(outcome.branch.replace(/^nightsweep\//, ""), 120)}`;
    return html`<tr>
      <th scope="row">${"url" in outcome ? webLink(outcome.url, branch) : branch}</th>
      <td class="wide">${names}${more}</td>
      <td>${linkToRepo(repo)}</td>
      <td class="n">−${linesRemoved.toLocaleString("en-US")}</td>
      <td>${renderStatus(outcome.kind)}</td>
    </tr>`;
  });
  return html`<h2>Pull requests</h2>
    ${table(
      "Pull requests, the largest first",
      html`<th scope="col">Branch</th>
        <th scope="col" class="wide">Takes</th>
        <th scope="col">Repository</th>
        <th scope="col" class="n">Lines</th>
        <th scope="col">State</th>`,
      rows,
    )}`;
}

function renderRepositories(repos: readonly RepoResult[]): Html {
  const rows = repos.map((repo) => {
    const figures = figuresOf(repo);
    const passes = figures.byPass.map(([pass, found]) => `${found} ${pass}`).join(", ");
    const stages = Object.entries(repo.ms).map(([stage, ms]) => ({ name: `${stage} ${duration(ms)}`, value: ms }));
    const label = stages.map(({ name }) => name).join(", ");
    return html`<tr>
      <th scope="row">${linkToRepo(repo)}</th>
      <td>${renderStatus(stateOf(repo))}</td>
      <td class="wide">${passes}</td>
      <td class="n">${figures.found}</td>
      <td class="n">${figures.proposed}</td>
      <td class="n">${figures.linesRemoved === 0 ? "0" : `−${figures.linesRemoved}`}</td>
      <td class="wide">${renderShares(stages, label)}</td>
      <td class="n wide">${duration(figures.ms)}</td>
    </tr>`;
  });
  return html`<h2>Repositories</h2>
    ${table(
      "Repositories",
      html`<th scope="col">Repository</th>
        <th scope="col">State</th>
        <th scope="col" class="wide">Found by pass</th>
        <th scope="col" class="n">Found</th>
        <th scope="col" class="n">Proposed</th>
        <th scope="col" class="n">Lines</th>
        <th scope="col" class="wide">Stages</th>
        <th scope="col" class="n wide">Time</th>`,
      rows,
    )}`;
}

function renderUnproposed(repos: readonly RepoResult[]): Html {
  const groups = Map.groupBy(
    repos.flatMap((repo) => unproposedOf(repo).map((group) => ({ repo, ...group }))),
    ({ because }) => because,
  );
  if (groups.size === 0) return nothing;
  const counts = [...groups]
    .map(([because, inRepos]) => ({
      because,
      inRepos: inRepos.length,
      count: inRepos.reduce((sum, { candidates }) => sum + candidates.length, 0),
    }))
    .toSorted((a, b) => b.count - a.count);
  const rows = counts.slice(0, most.reasons).map(
    ({ because, inRepos, count }) =>
      html`<tr>
        <td>${prose(clip(because, 400))}</td>
        <td class="n">${inRepos}</td>
        <td class="n">${count.toLocaleString("en-US")}</td>
      </tr>`,
  );
  return html`<h2>Not proposed, and why</h2>
    ${table(
      "Not proposed, by reason",
      html`<th scope="col">Reason</th>
        <th scope="col" class="n">Repositories</th>
        <th scope="col" class="n">Candidates</th>`,
      rows,
    )}${leftOut(counts.length - most.reasons, "more reason")}`;
}

function linkToRepo({ repo }: RepoResult): Html {
  return html`<a href="${encodeURIComponent(repo)}/index.html">${repo}</a>`;
}

function leftOut(count: number, one: string, many?: string): Html {
  return count > 0 ? html`<p class="soft">and ${counted(count, one, many)}</p>` : nothing;
}
