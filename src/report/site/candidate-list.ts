import { clip } from "../../core/markdown.ts";
import type { RepoResult } from "../../core/stage.ts";
import { html, nothing, type Html } from "./html.ts";
import { linkToFate, pagesOf } from "./places.ts";
import { renderStatus, wordOf, type Status } from "./status.ts";

/** All candidates of a night, a row each that leads to its place, with a filter where scripts run. */
export function renderCandidates(repos: readonly RepoResult[]): Html {
  const kinds = new Set<Status>();
  const rows = repos.flatMap((repo) =>
    pagesOf(repo).flatMap((page) =>
      page.fates.map((fate) => {
        kinds.add(fate.kind);
        const { subject, category, size } = fate.candidate;
        return html`<tr data-state="${fate.kind}">
          <th scope="row"><a href="${linkToFate(repo.repo, page, fate)}">${clip(subject.name, 120)}</a></th>
          <td class="path wide">${clip(subject.file, 160)}:${subject.line}</td>
          <td class="wide">${repo.repo}</td>
          <td>${category}</td>
          <td class="n">−${size.linesRemoved}</td>
          <td class="wide">${fate.assurance}</td>
          <td>${renderStatus(fate.kind)}</td>
        </tr>`;
      }),
    ),
  );
  if (rows.length === 0) return nothing;
  const options = [...kinds].toSorted().map((kind) => html`<option value="${kind}">${wordOf(kind)}</option>`);
  return html`<h2>All candidates</h2>
    <div class="controls" data-filters="candidates" hidden>
      <label>Filter <input type="search" placeholder="name, file, repository, pass" /></label>
      <label
        >State
        <select>
          <option value="">all</option>
          ${options}
        </select></label
      >
      <output aria-live="polite">${rows.length.toLocaleString("en-US")}</output>
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label="All candidates">
      <table id="candidates">
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <th scope="col" class="wide">Place</th>
            <th scope="col" class="wide">Repository</th>
            <th scope="col">Pass</th>
            <th scope="col" class="n">Lines</th>
            <th scope="col" class="wide">Assurance</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}
