import { clip, counted } from "../../core/markdown.ts";
import type { RepoResult } from "../../core/stage.ts";
import { html, nothing, type Html } from "./html.ts";
import { linkToFate, pagesOf } from "./places.ts";
import { renderStatus, wordOf, type Status } from "./status.ts";
import { table } from "./table.ts";

/** One candidate in the list: where it leads, and what its cells say. */
type Row = {
  readonly href: string;
  readonly name: string;
  readonly place: string;
  readonly repo: string;
  readonly category: string;
  readonly lines: string;
  readonly assurance: string;
  readonly kind: Status;
};

/** A page of the list holds so many rows: more open slowly, and nobody scrolls through them. */
const rowsOnPage = 250;

/** With more than one page the filter finds in all of them, and loads this file beside them for it. */
const dataFile = "candidates.js";

/** All candidates of a night on one page, a row each that leads to its place, with a filter where scripts run. */
export function renderCandidates(repos: readonly RepoResult[]): Html {
  const rows = rowsOf(repos);
  if (rows.length === 0) return nothing;
  return html`<h2>All candidates</h2>
    ${renderList(rows, rows, null)}`;
}

/** The same over several files: their pages, and the data that the filter loads on demand. */
export function renderCandidateFiles(
  repos: readonly RepoResult[],
  wrap: (content: Html) => string,
): readonly { readonly file: string; readonly text: string }[] {
  const rows = rowsOf(repos);
  const count = Math.ceil(rows.length / rowsOnPage);
  const pages = Array.from({ length: count }, (_, index) => {
    const some = rows.slice(index * rowsOnPage, (index + 1) * rowsOnPage);
    const content = html`<h1>${counted(rows.length, "candidate")}</h1>
      ${renderList(rows, some, dataFile)} ${renderPages(index, count)}`;
    return { file: fileOf(index), text: wrap(content) };
  });
  return [...pages, { file: dataFile, text: dataOf(rows) }];
}

function rowsOf(repos: readonly RepoResult[]): readonly Row[] {
  return repos.flatMap((repo) =>
    pagesOf(repo).flatMap((page) =>
      page.fates.map((fate) => {
        const { subject, category, size } = fate.candidate;
        return {
          href: linkToFate(repo.repo, page, fate),
          name: clip(subject.name, 120),
          place: `${clip(subject.file, 160)}:${subject.line}`,
          repo: repo.repo,
          category,
          lines: `−${size.linesRemoved}`,
          assurance: fate.assurance,
          kind: fate.kind,
        };
      }),
    ),
  );
}

/** `shown` of all the rows; `data`: the file that has all of them, where these are not all. */
function renderList(all: readonly Row[], shown: readonly Row[], data: string | null): Html {
  const kinds = [...new Set(all.map(({ kind }) => kind))].toSorted();
  const options = kinds.map((kind) => html`<option value="${kind}">${wordOf(kind)}</option>`);
  const count = shown.length === all.length ? "" : ` of ${all.length.toLocaleString("en-US")}`;
  const header = html`<th scope="col">Candidate</th>
    <th scope="col" class="wide">Place</th>
    <th scope="col" class="wide">Repository</th>
    <th scope="col">Pass</th>
    <th scope="col" class="n">Lines</th>
    <th scope="col" class="wide">Assurance</th>
    <th scope="col">State</th>`;
  return html`<div class="controls" data-filters="candidates" data-all="${data ?? ""}" hidden>
      <label>Filter <input type="search" placeholder="name, file, repository, pass" /></label>
      <label
        >State
        <select>
          <option value="">all</option>
          ${options}
        </select></label
      >
      <output aria-live="polite">${shown.length.toLocaleString("en-US")}${count}</output>
    </div>
    ${table("All candidates", header, shown.map(renderRow), "candidates")}`;
}

function renderRow({ href, name, place, repo, category, lines, assurance, kind }: Row): Html {
  return html`<tr data-state="${kind}">
    <th scope="row"><a href="${href}">${name}</a></th>
    <td class="path wide">${place}</td>
    <td class="wide">${repo}</td>
    <td>${category}</td>
    <td class="n">${lines}</td>
    <td class="wide">${assurance}</td>
    <td>${renderStatus(kind)}</td>
  </tr>`;
}

function renderPages(current: number, count: number): Html {
  const links = Array.from({ length: count }, (_, index) =>
    index === current
      ? html`<li aria-current="page"><b>${index + 1}</b></li>`
      : html`<li><a href="${fileOf(index)}">${index + 1}</a></li>`,
  );
  return html`<nav class="pages" aria-label="Pages of the list">
    <ol>
      ${links}
    </ol>
  </nav>`;
}

function fileOf(index: number): string {
  return index === 0 ? "candidates.html" : `candidates-${index + 1}.html`;
}

/** The rows as a script that only holds data: pages from disk may load no other kind of file. */
function dataOf(rows: readonly Row[]): string {
  const cells = rows.map(({ href, name, place, repo, category, lines, assurance, kind }) => [
    ...[kind, wordOf(kind), href],
    ...[name, place, repo, category, lines, assurance],
  ]);
  return `self.nightsweepRows=${JSON.stringify(cells)};\n`;
}
