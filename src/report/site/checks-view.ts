import type { Canary, CheckRun, Proof, VerifiedBatch, Verification } from "../../core/check.ts";
import { counted, duration } from "../../core/markdown.ts";
import { html, nothing, prose, type Html } from "./html.ts";
import { renderStatus } from "./status.ts";
import { table } from "./table.ts";

/** What was run for one pull request: each check before and after, the proof of the product, and the canary. */
export function renderBatchChecks({ runs, proof, canary, tree }: VerifiedBatch, { baseline }: Verification): Html {
  const rows = runs.map((run) => {
    const before = baseline.runs.find(({ check }) => check === run.check);
    return html`<tr>
      <th scope="row"><code>${run.check}</code></th>
      <td>${before === undefined ? "" : renderRun(before)}</td>
      <td>${renderRun(run)}</td>
    </tr>`;
  });
  const compared = table(
    "Checks before and after",
    html`<th scope="col">Check</th>
      <th scope="col">Before</th>
      <th scope="col">After</th>`,
    rows,
  );
  return html`${rows.length === 0 ? html`<p>No check ran.</p>` : compared}
    <ul class="plain">
      ${proof === undefined ? nothing : html`<li>${renderProof(proof)}</li>`}${canary === undefined ? nothing : html`<li>${renderCanary(canary)}</li>`}
      <li class="soft">checked tree <code>${tree.slice(0, 12)}</code></li>
    </ul>`;
}

/** Every tree that was checked, in the order of the search. */
export function renderTrees({ baseline, trees, quarantine = [], untested }: Verification): Html {
  const rows = [baseline, ...trees].flatMap(({ tree, candidates, runs }, index) =>
    runs.map(
      (run) =>
        html`<tr>
          <th scope="row">${index === 0 ? "before" : counted(candidates.length, "candidate")}</th>
          <td class="wide"><code>${tree.slice(0, 10)}</code></td>
          <td><code>${run.check}</code></td>
          <td>${renderRun(run)}</td>
        </tr>`,
    ),
  );
  if (rows.length === 0) return html`<p>None ran.</p>`;
  const quarantined = quarantine.map(
    ({ check, test, because }) =>
      html`<li>
        <code>${test ?? check}</code>
        ${because === "flaky" ? "differed between two runs of the same tree" : "failed before anything was changed"}
      </li>`,
  );
  return html`${table(
    "Every tree that was checked",
    html`<th scope="col">Tree with</th>
      <th scope="col" class="wide">Tree</th>
      <th scope="col">Check</th>
      <th scope="col">Result</th>`,
    rows,
  )}
  ${
    quarantined.length === 0
      ? nothing
      : html`<h3>Tests that prove nothing by themselves</h3>
          <ul class="plain">
            ${quarantined}
          </ul>`
  }
  ${untested.length === 0 ? nothing : html`<p>${counted(untested.length, "candidate")} not tested: a limit was reached.</p>`}`;
}

function renderRun({ result, tests, ms, failedTests }: CheckRun): Html {
  const counts =
    tests === null
      ? ""
      : `, ${counted(tests.passed, "test")} passed${tests.failed > 0 ? `, ${tests.failed} failed` : ""}`;
  const failed = failedTests.slice(0, 5).map((name) => html`<br /><code>${name}</code>`);
  return html`${renderStatus(result)}<span class="soft">${counts}, ${duration(ms)}</span>${failed}`;
}

function renderProof({ bundles, entries, declarations, because }: Proof): Html {
  const words = {
    same: `the bundles of ${counted(entries, "production entry", "production entries")} are byte for byte the same`,
    different: "the bundles differ",
    impossible: "no bundle could be compared",
  } as const;
  const types = {
    same: "the public types are the same",
    different: "the public types differ",
    impossible: "the public types could not be compared",
    none: "",
  } as const;
  const both = [words[bundles], types[declarations]].filter((text) => text !== "").join("; ");
  return html`Proof: ${both}${because === null ? "" : html` (${prose(because)})`}.`;
}

function renderCanary({ file, name, noticedBy }: Canary): Html {
  const answer =
    noticedBy === null
      ? html`no check noticed, so green tests say little here`
      : html`<code>${noticedBy}</code> noticed`;
  return html`Canary: a live neighbour, <code>${name}</code> in <span class="path">${file}</span>, was broken on
    purpose: ${answer}.`;
}
