import { counted } from "../../core/markdown.ts";
import type { NightFigures, RepoFigures, Standing } from "../../core/night-document.ts";
import { html, nothing, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { renderBars, renderLines, renderSpark, type Series } from "./plot.ts";
import { table } from "./table.ts";

/** Plots show so many nights; the list below them has all. */
const nightsInPlots = 90;
const nightsInList = 400;

/** The page over all nights: what came of them, how the repositories grow or shrink, and the way to each night. */
export function renderIndexPage(nights: readonly NightFigures[]): string {
  const ordered = nights.toSorted((a, b) => a.night.localeCompare(b.night, "en", { numeric: true }));
  const plotted = ordered.filter(({ dryRun }) => !dryRun).slice(-nightsInPlots);
  const shown = plotted.length > 0 ? plotted : ordered.slice(-nightsInPlots);
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
] as const satisfies readonly (readonly [keyof Standing, string])[];

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

function renderPlots(nights: readonly NightFigures[]): Html {
  const names = nights.map(({ night }) => night);
  const over = (name: string, valueOf: (repo: RepoFigures) => number | null): Series => ({
    name,
    values: nights.map((night) => sumOf(night, valueOf)),
  });
  const standing = (key: keyof Standing, name: string) => over(name, (repo) => repo.standing?.[key] ?? null);
  return html`<h2>Over the nights</h2>
    <div class="plots">
      ${renderBars({ title: "Lines proposed to go, by night", nights: names, series: [over("lines", ({ linesProposed }) => linesProposed)] })}
      ${renderLines({
        title: "What people made of the candidates",
        nights: names,
        series: [
          standing("merged", "merged"),
          standing("untouched", "untouched"),
          standing("open", "pull requests open"),
          standing("refused", "refused"),
          standing("resurrected", "resurrected"),
        ],
      })}
      ${renderLines({ title: "Lines in all repositories", nights: names, isZoomed: true, series: [over("lines", ({ size }) => size?.lines ?? null)] })}
      ${renderLines({
        title: "What the sweep is up against, in lines",
        nights: names,
        series: [
          over("dead", ({ size }) => size?.deadLines ?? null),
          over("written more than once", ({ size }) => size?.clonedLines ?? null),
          standing("linesMerged", "merged away so far"),
        ],
      })}
    </div>`;
}

/** The quality record: whether the sweep wins against the growth, by repository. */
function renderRepositories(nights: readonly NightFigures[]): Html {
  const names = [...new Set(nights.flatMap(({ repositories }) => repositories.map(({ repo }) => repo)))].toSorted();
  const last = nights.at(-1);
  const rows = names.map((name) => {
    const history = nights.map(({ repositories }) => repositories.find(({ repo }) => repo === name));
    const latest = history.findLast((repo) => repo !== undefined);
    const sizes = (key: "lines" | "deadLines" | "clonedLines") => history.map((repo) => repo?.size?.[key] ?? null);
    const proposed = history.reduce((sum, repo) => sum + (repo?.linesProposed ?? 0), 0);
    const target = last?.repositories.some(({ repo }) => repo === name) === true;
    const title = target
      ? html`<a href="${last.night}/${encodeURIComponent(name)}/index.html">${name}</a>`
      : html`${name}`;
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

function renderPasses(nights: readonly NightFigures[]): Html {
  const all = nights.flatMap(({ repositories }) => repositories.flatMap(({ byPass }) => byPass));
  const last = nights.at(-1)?.repositories.flatMap(({ byPass }) => byPass) ?? [];
  const names = [...new Set(all.map(({ pass }) => pass))].toSorted();
  const sum = (of: typeof all, name: string, key: "found" | "proposed") =>
    of.reduce((total, entry) => total + (entry.pass === name ? entry[key] : 0), 0);
  const rows = names.map(
    (name) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td class="n">${sum(last, name, "found").toLocaleString("en-US")}</td>
        <td class="n">${sum(all, name, "proposed").toLocaleString("en-US")}</td>
      </tr>`,
  );
  if (rows.length === 0) return nothing;
  return html`<h2>Passes</h2>
    ${table(
      "Passes",
      html`<th scope="col">Pass</th>
        <th scope="col" class="n">Found in the last night</th>
        <th scope="col" class="n">Proposed in all</th>`,
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

/** null when no repository of the night knows. */
function sumOf({ repositories }: NightFigures, valueOf: (repo: RepoFigures) => number | null): number | null {
  const known = repositories.map(valueOf).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
