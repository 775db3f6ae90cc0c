import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import type { NightDocument, NightFigures } from "./core/night-document.ts";
import type { NightId, RepoKey } from "./core/names.ts";
import type { RepoStanding } from "./core/standing.ts";
import type { NightResult } from "./core/stage.ts";
import {
  readDetails,
  readFigures,
  readNight,
  readRepo,
  recordedNights,
  writeJsonReport,
  writePage,
  type Reports,
} from "./io/records.ts";
import { countStandings, nightDocument, nightFigures, type Standings } from "./report/document.ts";
import { renderNight } from "./report/night.ts";
import { renderRepo } from "./report/repo.ts";
import { renderHistoryPages } from "./report/site/history-pages.ts";
import { renderIndexPage } from "./report/site/index-page.ts";
import { renderNightPages } from "./report/site/night-page.ts";
import { renderRepoPages } from "./report/site/repo-page.ts";

/** The folder of a night's page, and of the pages behind it. */
export const nightPage = "index.html";

/**
 * Writes what people read of one repository's night. Everything is made from the records: they have passed the mask,
 * which would not know a secret again once it is part of a page.
 */
export async function writeRepoReports(reports: Reports, night: NightId, repo: RepoKey): Promise<void> {
  const result = await readRepo(reports.directory, night, repo);
  const details = await readDetails(reports.directory, { night, repo });
  await writePage(reports, path.join(night, repo, "repo.md"), renderRepo(result, night));
  for (const { file, text } of renderRepoPages(result, details, night))
    await writePage(reports, path.join(night, repo, file), text);
}

/** Writes what people and programs read of a whole night, and the index over all nights anew. */
export async function writeNightReports(
  reports: Reports,
  night: NightId,
  known: ReadonlyMap<RepoKey, RepoStanding>,
): Promise<void> {
  const result = await readNight(reports.directory, night);
  const standings = countStandings(known, await readHistory(reports.directory));
  await writePages(reports, result, standings);
}

async function writePages(reports: Reports, result: NightResult, standings: Standings): Promise<void> {
  const { night } = result;
  await writePage(reports, path.join(night, "night.md"), renderNight(result));
  for (const { file, text } of renderNightPages(result)) await writePage(reports, path.join(night, file), text);
  await writeJsonReport(reports, path.join(night, "report.json"), nightDocument(result, standings));
  await writeJsonReport(reports, path.join(night, "figures.json"), nightFigures(result, standings));
  const history = await readHistory(reports.directory);
  for (const { file, text } of renderHistoryPages(history)) await writePage(reports, file, text);
  await writePage(reports, nightPage, renderIndexPage(history));
}

/** Makes all pages of a recorded night anew, and gives the absolute path of the first one. */
export async function rewriteReports(directory: string, night: NightId): Promise<string> {
  // The records have passed the mask of the night that wrote them.
  const reports: Reports = { directory, mask: (text) => text };
  const result = await readNight(directory, night);
  for (const { repo } of result.repos) await writeRepoReports(reports, night, repo);
  await writePages(reports, result, await recordedStandings(directory, night));
  return path.join(directory, night, nightPage);
}

/** A recorded night for other programs. */
export async function documentOfNight(directory: string, night: NightId): Promise<NightDocument> {
  return nightDocument(await readNight(directory, night), await recordedStandings(directory, night));
}

/** What people had made of the candidates when the night ended: later answers do not change a night's report. */
async function recordedStandings(directory: string, night: NightId): Promise<Standings> {
  const figures = await readFigures(directory, night);
  return new Map(
    (figures?.repositories ?? []).flatMap(({ repo, standing }) =>
      standing === null ? [] : [[repo, standing] as const],
    ),
  );
}

/** The figures of all nights; those of nights from before there were any are counted from their records. */
export async function readHistory(directory: string): Promise<readonly NightFigures[]> {
  const history: NightFigures[] = [];
  for (const night of await recordedNights(directory)) history.push(...(await figuresOf(directory, night)));
  return history;
}

/** A night that was killed before a repository was settled, and not gone on with, left none. */
async function figuresOf(directory: string, night: NightId): Promise<readonly NightFigures[]> {
  const figures = await readFigures(directory, night);
  if (figures !== null) return [figures];
  const result = await readNight(directory, night).catch((error: unknown) => {
    if (error instanceof NightsweepError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  return result === null ? [] : [nightFigures(result, new Map())];
}
