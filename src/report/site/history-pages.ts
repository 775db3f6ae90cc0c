import type { NightFigures } from "../../core/night-document.ts";
import type { Category } from "../../core/policy.ts";
import { html, nothing, type Html } from "./html.ts";
import { passCount, passCounts, passesOf, plottedNights, renderPlots, sumOf } from "./history-plots.ts";
import { renderPage } from "./page.ts";
import { renderLines } from "./plot.ts";
import { table } from "./table.ts";

type Page = { readonly file: string; readonly text: string };

/** The page of a repository over all nights, beside the index. */
export function repositoryPage(repo: string): string {
  return `repository-${encodeURIComponent(repo)}.html`;
}

/** A page over the nights for each repository, and one for each pass. */
export function renderHistoryPages(nights: readonly NightFigures[]): readonly Page[] {
  const { shown } = plottedNights(nights);
  const repos = [...new Set(shown.flatMap(({ repositories }) => repositories.map(({ repo }) => repo)))].toSorted();
  return [
    ...repos.map((repo) => ({ file: `repository-${repo}.html`, text: renderRepository(repo, shown) })),
    ...passesOf(shown).map((pass) => ({ file: `pass-${pass}.html`, text: renderPass(pass, shown) })),
  ];
}

function renderRepository(name: string, nights: readonly NightFigures[]): string {
  const own = nights
    .map((night) => ({ ...night, repositories: night.repositories.filter(({ repo }) => repo === name) }))
    .filter(({ repositories }) => repositories.length > 0);
  const rows = own.toReversed().flatMap(({ night, repositories }) =>
    repositories.map(
      ({ state, found, proposed, linesProposed }) =>
        html`<tr>
          <th scope="row" class="nw"><a href="${night}/${encodeURIComponent(name)}/index.html">${night}</a></th>
          <td>${state.replaceAll("-", " ")}</td>
          <td class="n">${found}</td>
          <td class="n">${proposed}</td>
          <td class="n">−${linesProposed}</td>
        </tr>`,
    ),
  );
  const header = html`<th scope="col">Night</th>
    <th scope="col">State</th>
    <th scope="col" class="n">Candidates</th>
    <th scope="col" class="n">Proposed</th>
    <th scope="col" class="n">Lines</th>`;
  const content = html`<h1>${name} over the nights</h1>
    ${renderPlots(own)} ${renderFound(own)}
    <h2>Its nights</h2>
    ${table(`Nights of ${name}`, header, rows)}`;
  return wrap(name, content);
}

/** What each pass finds in these nights. */
function renderFound(nights: readonly NightFigures[]): Html {
  const entries = nights.map(({ repositories }) => repositories.flatMap(({ byPass }) => byPass));
  const last = entries.at(-1) ?? [];
  const names = last
    .toSorted((a, b) => b.found - a.found)
    .slice(0, 6)
    .map(({ pass }) => pass);
  if (names.length === 0) return nothing;
  const series = names.map((name) => ({
    name,
    values: entries.map((of) => of.find(({ pass }) => pass === name)?.found ?? 0),
  }));
  return html`<div class="plots">
    ${renderLines({ title: "Candidates by pass", nights: nights.map(({ night }) => night), series })}
  </div>`;
}

function renderPass(name: Category, nights: readonly NightFigures[]): string {
  const series = passCounts.map((key) => ({
    name: key,
    values: nights.map((night) => sumOf(night, (repo) => passCount(repo, name, key))),
  }));
  const rows = (nights.at(-1)?.repositories ?? [])
    .filter((repo) => passCounts.some((key) => passCount(repo, name, key) > 0))
    .toSorted((a, b) => passCount(b, name, "found") - passCount(a, name, "found"))
    .map(
      (repo) =>
        html`<tr>
          <th scope="row"><a href="${repositoryPage(repo.repo)}">${repo.repo}</a></th>
          ${passCounts.map((key) => html`<td class="n">${passCount(repo, name, key)}</td>`)}
        </tr>`,
    );
  const header = html`<th scope="col">Repository</th>
    ${passCounts.map((key) => html`<th scope="col" class="n">${key}</th>`)}`;
  const plot = renderLines({ title: "Candidates over the nights", nights: nights.map(({ night }) => night), series });
  const content = html`<h1>${name} over the nights</h1>
    <div class="plots">${plot}</div>
    ${
      rows.length === 0
        ? nothing
        : html`<h2>In the last night</h2>
            ${table(`Repositories with ${name}`, header, rows)}`
    }`;
  return wrap(name, content);
}

function wrap(name: string, content: Html): string {
  return renderPage({
    title: `${name} over the nights`,
    trail: [{ name: "All nights", href: "index.html" }, { name }],
    content,
  });
}
