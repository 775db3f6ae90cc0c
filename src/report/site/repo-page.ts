import type { RepoDetails } from "../../core/details.ts";
import { counted, duration } from "../../core/markdown.ts";
import type { Root } from "../../core/marking.ts";
import type { NightId } from "../../core/names.ts";
import { sandboxKinds } from "../../core/sandbox.ts";
import type { RepoResult, StageOutputs } from "../../core/stage.ts";
import type { Fate } from "../fates.ts";
import { figuresOf, proposalsOf, type Proposal } from "../figures.ts";
import { renderCandidate, type Background } from "./candidate-view.ts";
import { renderBatchChecks, renderTrees } from "./checks-view.ts";
import { html, nothing, prose, webLink, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { pagesOf, type RepoPage } from "./places.ts";
import { renderStageTimes } from "./stage-times.ts";
import { renderStatus } from "./status.ts";
import { table } from "./table.ts";

const mostRoots = 400;

/** The pages of one repository's night by file name, to be put in its folder. */
export function renderRepoPages(
  repo: RepoResult,
  details: RepoDetails | null,
  night: NightId,
): readonly { readonly file: string; readonly text: string }[] {
  const backgroundOf = backgroundsOf(repo, details);
  const pages = pagesOf(repo);
  return pages.map((page, index) => {
    const where = pages.length === 1 ? "" : `, page ${index + 1} of ${pages.length}`;
    const content = html`<h1>${repo.repo}${where}</h1>
      ${index === 0 ? renderRepository(repo) : nothing} ${renderFates(repo, page.fates, backgroundOf)}
      ${renderPageList(pages, index)} ${index === 0 ? renderFooting(repo) : nothing}`;
    const trail = [
      { name: "All nights", href: "../../index.html" },
      { name: `Night ${night}`, href: "../index.html" },
      ...(index === 0
        ? [{ name: repo.repo }]
        : [{ name: repo.repo, href: "index.html" }, { name: `page ${index + 1}` }]),
    ];
    return { file: page.file, text: renderPage({ title: `${repo.repo}, night ${night}${where}`, trail, content }) };
  });
}

/** What stopped a repository, and what to do about it. */
export function renderStop({ stopped }: RepoResult): Html {
  if (stopped === undefined) return nothing;
  const { stage, error } = stopped;
  const detail = error.detail === undefined ? nothing : html`<pre tabindex="0">${error.detail}</pre>`;
  return html`<div class="notice">
    <p>${renderStatus("stopped")} in the stage ${stage}: ${prose(error.message)}</p>
    <p>${prose(error.advice)}</p>
    ${detail}
  </div>`;
}

function renderRest({ rested }: RepoResult): Html {
  if (rested === undefined) return html``;
  return html`<p>${renderStatus(rested.kind)}: ${rested.because}; it was only looked at.</p>`;
}

function backgroundsOf({ stages }: RepoResult, details: RepoDetails | null): (fate: Fate) => Background {
  const byId = <Item extends { readonly id: string }>(items: readonly Item[] | undefined) =>
    new Map((items ?? []).map((item) => [item.id, item]));
  const known = byId(details?.candidates);
  const traces = byId(stages.find?.traces);
  const decisions = byId(stages.decide?.decisions);
  const culprits = byId(stages.verify?.culprits);
  return ({ candidate: { id } }) => ({
    details: known.get(id),
    trace: traces.get(id),
    decision: decisions.get(id),
    culprit: culprits.get(id),
  });
}

function renderRepository(repo: RepoResult): Html {
  const figures = figuresOf(repo);
  const { mark, checkout } = repo.stages;
  const alarms = (mark?.alarms ?? []).map(
    ({ text }) => html`<div class="notice"><p>${renderStatus("reported-only")}, because ${prose(text)}</p></div>`,
  );
  const base = checkout === undefined ? "" : `, branch ${checkout.base.branch} at ${checkout.base.commit.slice(0, 12)}`;
  return html`<p class="lede">${repo.location}${base}</p>
    ${renderStop(repo)}${renderRest(repo)}${alarms}
    <dl class="facts">
      <div>
        <dt>Lines proposed to go</dt>
        <dd>${figures.linesRemoved === 0 ? "0" : `−${figures.linesRemoved.toLocaleString("en-US")}`}</dd>
      </div>
      <div>
        <dt>Candidates</dt>
        <dd>${figures.found.toLocaleString("en-US")}</dd>
      </div>
      <div>
        <dt>Proposed</dt>
        <dd>${figures.proposed}</dd>
      </div>
      <div>
        <dt>Checks run</dt>
        <dd>${figures.checkRuns}</dd>
      </div>
      <div>
        <dt>Time</dt>
        <dd>${duration(figures.ms)}</dd>
      </div>
    </dl>
    ${renderStageTimes(repo.ms)}`;
}

/** The candidates of a page: those of a pull request under it, the others under the reason that decided. */
function renderFates(repo: RepoResult, fates: readonly Fate[], backgroundOf: (fate: Fate) => Background): Html {
  if (fates.length === 0)
    return html`<h2>Candidates</h2>
      <p>${repo.stages.find === undefined ? "It did not come to looking for any." : "None was found."}</p>`;
  const here = new Map(fates.map((fate) => [fate.candidate.id, fate]));
  const show = (fate: Fate) => renderCandidate(fate, backgroundOf(fate));
  const proposals = proposalsOf(repo).flatMap((proposal) => {
    const own = proposal.candidates.flatMap(({ id }) => here.get(id) ?? []);
    return own.length === 0 ? [] : [html`${renderProposal(repo, proposal)}${own.map(show)}`];
  });
  const proposed = new Set(proposalsOf(repo).flatMap(({ outcome }) => outcome.candidates));
  const left = fates.filter(({ candidate }) => !proposed.has(candidate.id));
  const groups = [...Map.groupBy(left, ({ because }) => because)].map(
    ([because, own]) =>
      html`<h3>${prose(because)} <span class="soft">(${own.length})</span></h3>
        ${own.map(show)}`,
  );
  return html`${
    proposals.length === 0
      ? nothing
      : html`<h2>Pull requests</h2>
          ${proposals}`
  }${
    groups.length === 0
      ? nothing
      : html`<h2>Not proposed, and why</h2>
          ${groups}`
  }`;
}

function renderProposal({ stages }: RepoResult, { outcome, candidates, linesRemoved }: Proposal): Html {
  const ids = outcome.candidates.join("\n");
  const batch = stages.verify?.batches.find((one) => one.candidates.join("\n") === ids);
  const name = html`<code>${outcome.branch}</code>`;
  const checks = batch === undefined || stages.verify === undefined ? nothing : renderBatchChecks(batch, stages.verify);
  return html`<h3>${"url" in outcome ? webLink(outcome.url, name) : name}</h3>
    <p>
      ${renderStatus(outcome.kind)}
      <span class="soft"
        >${counted(candidates.length, "candidate")}, −${linesRemoved}
        lines${batch === undefined ? "" : `, ${batch.assurance}`}</span
      >
    </p>
    ${checks}`;
}

function renderPageList(pages: readonly RepoPage[], current: number): Html {
  if (pages.length === 1) return nothing;
  const items = pages.map(({ file }, index) =>
    index === current ? html`<b aria-current="page">${index + 1}</b> ` : html`<a href="${file}">${index + 1}</a> `,
  );
  return html`<nav aria-label="Pages of candidates"><p>Page ${items}</p></nav>`;
}

function renderFooting({ stages }: RepoResult): Html {
  const { checkout, mark, verify } = stages;
  return html`${
    verify === undefined
      ? nothing
      : html`<h2>Every check that ran</h2>
          <details>
            <summary>${counted(verify.trees.length + 1, "tree")} checked</summary>
            ${renderTrees(verify)}
          </details>`
  }
  ${
    mark === undefined
      ? nothing
      : html`<h2>What is alive by definition</h2>
          ${renderRoots(mark)}`
  }
  ${
    checkout === undefined
      ? nothing
      : html`<h2>Where its code ran</h2>
          ${renderInstallation(checkout)}`
  }`;
}

function renderRoots({ roots, counts, units }: StageOutputs["mark"]): Html {
  const strong = roots.filter(({ strength }) => strength === "strong").length;
  const unknown = units.flatMap((unit) =>
    unit.unknown === undefined ? [] : [html`<li><code>${unit.name}</code>: ${prose(unit.unknown)}</li>`],
  );
  const list = roots.slice(0, mostRoots).map(
    ({ file, purpose, strength, reason }: Root) =>
      html`<tr>
        <th scope="row" class="path">${file}</th>
        <td>${purpose}, ${strength}</td>
        <td class="wide">${reason}</td>
      </tr>`,
  );
  const left = roots.length - list.length;
  return html`<p>
      ${counted(counts.files, "file")}, ${counted(counts.lines, "line")} and
      ${counted(counts.declarations, "declaration")}, of which ${counts.deadDeclarations} dead and
      ${counts.testOnlyDeclarations} reached by tests only; ${counted(counts.deadFiles, "dead file")}.
    </p>
    ${
      unknown.length === 0
        ? nothing
        : html`<p>Unknown territory, in which nothing is collected:</p>
            <ul class="plain">
              ${unknown}
            </ul>`
    }
    <details>
      <summary>${counted(strong, "strong root")} and ${roots.length - strong} weak</summary>
      ${table(
        "Roots",
        html`<th scope="col">File</th>
          <th scope="col">Kind</th>
          <th scope="col" class="wide">Reason</th>`,
        list,
      )}
      ${left > 0 ? html`<p class="soft">and ${left} more</p>` : nothing}
    </details>`;
}

function renderInstallation({ installation, sandbox, checks }: StageOutputs["checkout"]): Html {
  const installed =
    installation === null
      ? html`Nothing was installed.`
      : html`Installed with <code>${installation.command.join(" ")}</code> in
          ${duration(installation.ms)}${installation.node === undefined ? "" : `, run with ${installation.node}`}.`;
  const enclosed =
    sandbox === undefined
      ? nothing
      : sandbox.kind === "none"
        ? html` <b>Without a sandbox</b>, with all rights of the user: ${prose(sandbox.because)}.`
        : html` Its code ran in ${sandboxKinds[sandbox.kind]}.`;
  const names = checks.map(
    ({ name, source }) => html`<li><code>${name}</code> <span class="soft">from ${source}</span></li>`,
  );
  return html`<p>${installed}${enclosed}</p>
    ${
      names.length === 0
        ? html`<p>It has no checks.</p>`
        : html`<h3>Its checks</h3>
            <ul class="plain">
              ${names}
            </ul>`
    }`;
}
