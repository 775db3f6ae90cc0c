import { counted } from "../../core/markdown.ts";
import type { NightFigures, Standing } from "../../core/night-document.ts";
import { html, nothing, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { repositoryPage } from "./history-pages.ts";
import { passCount, passesOf, plottedNights, renderPlots, sumOf, type passCounts } from "./history-plots.ts";
import { renderSpark } from "./plot.ts";
import { table } from "./table.ts";

const nightsInList = 400;

/** The page over all nights: what came of them, how the repositories grow or shrink, and the way to each night. */
export function renderIndexPage(nights: readonly NightFigures[]): string {
  const { ordered, shown } = plottedNights(nights);
  const content =
    ordered.length === 0
      ? html`<h1>No night yet</h1>
          <p><code>nightsweep run</code> makes the first one.</p>`
      : html`<h1>${counted(ordered.length, "night")}</h1>
          <p class="lede">${ordered[0]?.night ?? ""} to ${ordered.at(-1)?.night ?? ""}</p>
          ${renderStanding(shown)} ${renderPlots(shown)} ${renderRepositories(shown)} ${renderPasses(shown)}
          ${renderNights(ordered)}`;
  return renderPage({ title: "All nights", trail: [{ name: "All nights" }], content });
}

const answers = [
  ["merged", "Merged"],
  ["untouched", "of them untouched"],
  ["open", "Open"],
  ["refused", "Refused"],
  ["resurrected", "Resurrected"],
  ["linesMerged", "Lines merged away"],
] as const satisfies readonly (readonly [Exclude<keyof Standing, "byPass">, string])[];

function renderStanding(nights: readonly NightFigures[]): Html {
  const items = answers.flatMap(([key, title]) => {
    const counts = nights.map((night) => sumOf(night, ({ standing }) => standing?.[key] ?? null));
    const count = counts.findLast((one) => one !== null) ?? null;
    return count === null
      ? []
      : [
          html`<div>
            <dt>${title}</dt>
            <dd>${count.toLocaleString("en-US")}</dd>
          </div>`,
        ];
  });
  return items.length === 0 ? nothing : html`<dl class="facts">${items}</dl>`;
}

/** The quality record: whether the sweep wins against the growth, by repository. */
function renderRepositories(nights: readonly NightFigures[]): Html {
  const names = [...new Set(nights.flatMap(({ repositories }) => repositories.map(({ repo }) => repo)))].toSorted();
  const rows = names.map((name) => {
    const history = nights.map(({ repositories }) => repositories.find(({ repo }) => repo === name));
    const latest = history.findLast((repo) => repo !== undefined);
    const sizes = (key: "lines" | "deadLines" | "clonedLines") => history.map((repo) => repo?.size?.[key] ?? null);
    const proposed = history.reduce((sum, repo) => sum + (repo?.linesProposed ?? 0), 0);
    const title = html`<a href="${repositoryPage(name)}">${name}</a>`;
    return html`<tr>
      <th scope="row">${title}</th>
      ${trendCells(sizes("lines"), `Lines of ${name}`)}${trendCells(sizes("deadLines"), `Dead lines of ${name}`)}${trendCells(sizes("clonedLines"), `Cloned lines of ${name}`)}
      <td class="n">${proposed.toLocaleString("en-US")}</td>
      <td class="n">${latest?.standing?.merged ?? "–"}</td>
      <td class="n wide">${latest?.standing?.refused ?? "–"}</td>
    </tr>`;
  });
  return html`<h2>Repositories: does the sweep win against the growth?</h2>
    ${table(
      "Repositories over the nights",
      html`<th scope="col">Repository</th>
        <th scope="col" class="n">Lines</th>
        <th scope="col" class="wide"><span class="soft">since first</span></th>
        <th scope="col" class="n">Dead</th>
        <th scope="col" class="wide"><span class="soft">since first</span></th>
        <th scope="col" class="n">Cloned</th>
        <th scope="col" class="wide"><span class="soft">since first</span></th>
        <th scope="col" class="n">Lines proposed</th>
        <th scope="col" class="n">Merged</th>
        <th scope="col" class="n wide">Refused</th>`,
      rows,
    )}`;
}

/** The latest number, and how it came to be. */
function trendCells(values: readonly (number | null)[], label: string): Html {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined)
    return html`<td class="n soft">–</td>
      <td class="wide"></td>`;
  const change = last - first;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const words = `${sign}${Math.abs(change).toLocaleString("en-US")}`;
  return html`<td class="n">${last.toLocaleString("en-US")}</td>
    <td class="wide nw">
      ${renderSpark(values, `${label}: ${words}`)} <span class="soft">${known.length < 2 ? "" : words}</span>
    </td>`;
}

/** Each pass over the nights: what it finds, what of it was proposed, and what people made of that. */
function renderPasses(nights: readonly NightFigures[]): Html {
  const rows = passesOf(nights).map((name) => {
    const counts = (key: (typeof passCounts)[number]) =>
      nights.map((night) => sumOf(night, (repo) => passCount(repo, name, key)) ?? 0);
    const [found, proposed] = [counts("found"), counts("proposed")];
    const all = proposed.reduce((sum, count) => sum + count, 0);
    const ends = (["merged", "refused", "resurrected"] as const).map(
      (key) => html`<td class="n">${(counts(key).at(-1) ?? 0).toLocaleString("en-US")}</td>`,
    );
    return html`<tr>
      <th scope="row"><a href="pass-${name}.html">${name}</a></th>
      <td class="n">${(found.at(-1) ?? 0).toLocaleString("en-US")}</td>
      <td class="wide">${renderSpark(found, `Found by ${name} over the nights`)}</td>
      <td class="n">${all.toLocaleString("en-US")}</td>
      <td class="wide">${renderSpark(proposed, `Proposed of ${name} over the nights`)}</td>
      ${ends}
    </tr>`;
  });
  if (rows.length === 0) return nothing;
  return html`<h2>Passes</h2>
    ${table(
      "Passes",
      html`<th scope="col">Pass</th>
        <th scope="col" class="n">Found last</th>
        <th scope="col" class="wide"><span class="soft">over the nights</span></th>
        <th scope="col" class="n">Proposed in all</th>
        <th scope="col" class="wide"><span class="soft">over the nights</span></th>
        <th scope="col" class="n">Merged</th>
        <th scope="col" class="n">Refused</th>
        <th scope="col" class="n">Resurrected</th>`,
      rows,
    )}`;
}

function renderNights(nights: readonly NightFigures[]): Html {
  const rows = nights
    .toReversed()
    .slice(0, nightsInList)
    .map((night) => {
      const { repositories, dryRun } = night;
      const opened = repositories.flatMap(({ pullRequests }) => pullRequests.filter(({ kind }) => kind === "opened"));
      const stopped = repositories.filter(({ state }) => state === "stopped").length;
      return html`<tr>
        <th scope="row" class="nw"><a href="${night.night}/index.html">${night.night}</a></th>
        <td>${dryRun ? "dry run" : ""}</td>
        <td class="n">${repositories.length}</td>
        <td class="n">${stopped === 0 ? "" : stopped}</td>
        <td class="n">${(sumOf(night, ({ found }) => found) ?? 0).toLocaleString("en-US")}</td>
        <td class="n">${opened.length}</td>
        <td class="n">−${(sumOf(night, ({ linesProposed }) => linesProposed) ?? 0).toLocaleString("en-US")}</td>
      </tr>`;
    });
  return html`<h2>Nights</h2>
    ${table(
      "Nights, the latest first",
      html`<th scope="col">Night</th>
        <th scope="col">Kind</th>
        <th scope="col" class="n">Repositories</th>
        <th scope="col" class="n">Stopped</th>
        <th scope="col" class="n">Candidates</th>
        <th scope="col" class="n">Opened</th>
        <th scope="col" class="n">Lines</th>`,
      rows,
    )}`;
}
