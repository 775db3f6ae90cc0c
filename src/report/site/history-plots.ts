import type { NightFigures, RepoFigures, Standing } from "../../core/night-document.ts";
import type { Category } from "../../core/policy.ts";
import { html, type Html } from "./html.ts";
import { renderBars, renderLines, type Series } from "./plot.ts";

/** Plots show so many nights; lists have all. */
const nightsInPlots = 90;

/** The nights of a plot: those that were not dry, if there are any, up to a quarter of a year of them. */
export function plottedNights(nights: readonly NightFigures[]): {
  readonly ordered: readonly NightFigures[];
  readonly shown: readonly NightFigures[];
} {
  const ordered = nights.toSorted((a, b) => a.night.localeCompare(b.night, "en", { numeric: true }));
  const real = ordered.filter(({ dryRun }) => !dryRun).slice(-nightsInPlots);
  return { ordered, shown: real.length > 0 ? real : ordered.slice(-nightsInPlots) };
}

/** What came of the nights and what the sweep is up against: of all their repositories together. */
export function renderPlots(nights: readonly NightFigures[]): Html {
  const names = nights.map(({ night }) => night);
  const over = (name: string, valueOf: (repo: RepoFigures) => number | null): Series => ({
    name,
    values: nights.map((night) => sumOf(night, valueOf)),
  });
  const standing = (key: Exclude<keyof Standing, "byPass">, name: string) =>
    over(name, (repo) => repo.standing?.[key] ?? null);
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
      ${renderLines({ title: "Lines in all", nights: names, isZoomed: true, series: [over("lines", ({ size }) => size?.lines ?? null)] })}
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

/** What is counted of a pass in a night. */
export const passCounts = ["found", "proposed", "merged", "refused", "resurrected"] as const;

/** A count of one pass in one repository: what a night found and proposed, and what people made of it so far. */
export function passCount({ byPass, standing }: RepoFigures, name: Category, key: (typeof passCounts)[number]): number {
  if (key === "found" || key === "proposed") return byPass.find(({ pass }) => pass === name)?.[key] ?? 0;
  return standing?.byPass?.[name]?.[key] ?? 0;
}

/** The passes that found anything, by name. */
export function passesOf(nights: readonly NightFigures[]): readonly Category[] {
  const all = nights.flatMap(({ repositories }) => repositories.flatMap(({ byPass }) => byPass));
  return [...new Set(all.map(({ pass }) => pass))].toSorted();
}

/** A count over the repositories of a night; null when no repository of the night knows. */
export function sumOf({ repositories }: NightFigures, valueOf: (repo: RepoFigures) => number | null): number | null {
  const known = repositories.map(valueOf).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
