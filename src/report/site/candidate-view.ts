import type { CandidateDetails } from "../../core/details.ts";
import { clip, counted } from "../../core/markdown.ts";
import { categories } from "../../core/policy.ts";
import type { Decision } from "../../core/policy.ts";
import type { CandidateTrace } from "../../core/trace.ts";
import type { Fate } from "../fates.ts";
import { renderDiff } from "./diff-view.ts";
import { html, nothing, prose, type Html } from "./html.ts";
import { anchorOf } from "./places.ts";
import { renderStatus } from "./status.ts";

/** What is known of a candidate besides its fate; each may be missing in older or interrupted nights. */
export type Background = {
  readonly details: CandidateDetails | undefined;
  readonly trace: CandidateTrace | undefined;
  readonly decision: Decision | undefined;
  /** The check that failed without it, with the end of its output. */
  readonly culprit: { readonly check: string; readonly tail: string } | undefined;
};

const mostMembers = 40;

/** A candidate, folded: its line says what it is and what became of it, its body everything that led there. */
export function renderCandidate(fate: Fate, background: Background): Html {
  const { candidate, kind, assurance } = fate;
  const { subject, category, size } = candidate;
  return html`<details class="candidate">
    <summary>
      <code class="name">${clip(subject.name, 200)}</code>
      <span class="path">${clip(subject.file, 300)}:${subject.line}</span>
      <span class="soft">${categories[category].title.toLowerCase()}</span> <span class="n">−${size.linesRemoved}</span>
      <span class="soft">${assurance}</span> ${renderStatus(kind)}
    </summary>
    <div class="body" id="${anchorOf(candidate.id)}">
      ${renderVerdict(fate, background)} ${renderEvidence(fate)} ${renderTrace(fate, background.trace)}
      ${renderRules(background)} ${renderMembers(fate)}
      <h4>Change</h4>
      ${background.details === undefined ? html`<p class="soft">Not recorded in this night.</p>` : renderDiff(background.details.diff)}
      <p class="soft"><code>${candidate.id}</code></p>
    </div>
  </details>`;
}

function renderVerdict({ because, kind }: Fate, { culprit }: Background): Html {
  const failed =
    culprit === undefined
      ? nothing
      : html`<p>Without it <code>${culprit.check}</code> fails:</p>
          <pre tabindex="0">${culprit.tail}</pre>`;
  return html`<p>${renderStatus(kind)}: ${prose(because === "" ? "the policy proposes it" : because)}</p>
    ${failed}`;
}

function renderEvidence({ candidate }: Fate): Html {
  const { evidence, ambiguous, lastTouched, ageDays, owners, exposure } = candidate;
  const touched =
    lastTouched === null
      ? "history does not say when it was last touched"
      : `last touched ${lastTouched.date.slice(0, 10)} in ${lastTouched.commit.slice(0, 10)}: ${clip(lastTouched.subject, 200)}`;
  const age = ageDays === null ? "" : ` (${counted(ageDays, "day")})`;
  const mentions = ambiguous.map(
    ({ file, line, text, kind }) =>
      html`<li>
        <span class="path">${file}:${line}</span> ${kind.replaceAll("-", " ")} <code>${clip(text, 200)}</code>
      </li>`,
  );
  return html`<h4>Evidence</h4>
    <ul class="plain">
      ${evidence.map(({ text }) => html`<li>${prose(text)}</li>`)}
      <li>${touched}${age}</li>
      <li>seen by: ${exposure}${owners.length === 0 ? "" : `; owned by ${owners.join(", ")}`}</li>
    </ul>
    ${
      mentions.length === 0
        ? html`<p class="soft">No string, template or text mentions its name.</p>`
        : html`<h4>What may refer to it</h4>
            <ul class="plain">
              ${mentions}
            </ul>`
    }`;
}

function renderTrace({ candidate }: Fate, trace: CandidateTrace | undefined): Html {
  if (trace === undefined) return nothing;
  const steps = trace.steps.map(
    ({ file, line, name }) => html`<li><span class="path">${file}:${line}</span> <code>${clip(name, 160)}</code></li>`,
  );
  if (trace.root !== null)
    return html`<h4>Path from the roots</h4>
      <p>Only tests lead to it, from the ${prose(trace.root)}.</p>
      <ol class="steps">
        ${steps}
      </ol>`;
  const alone = candidate.members.length > 1 ? "Nothing but what goes with it uses it." : "Nothing uses it.";
  return html`<h4>Path from the roots</h4>
    <p>There is none. ${steps.length === 0 ? alone : "Only code that is dead itself uses it:"}</p>
    ${
      steps.length === 0
        ? nothing
        : html`<ul class="plain">
            ${steps}
          </ul>`
    }`;
}

function renderRules({ details, decision }: Background): Html {
  if (decision === undefined) return nothing;
  const rules = (details?.rules ?? []).map(({ rule, mismatch }) =>
    mismatch === null
      ? html`<li><code>${rule}</code> <b>matches</b></li>`
      : html`<li><code>${rule}</code> does not match: ${prose(mismatch)}</li>`,
  );
  return html`<h4>Decision, rule by rule</h4>
    ${
      rules.length === 0
        ? nothing
        : html`<ol class="steps">
            ${rules}
          </ol>`
    }
    <p><b>${decision.action}</b> by <code>${decision.rule}</code>: ${prose(decision.because)}</p>`;
}

function renderMembers({ candidate }: Fate): Html {
  const { members, subject } = candidate;
  const others = members.filter(
    ({ name, file, line }) => name !== subject.name || file !== subject.file || line !== subject.line,
  );
  if (others.length === 0) return nothing;
  const items = others.slice(0, mostMembers).map(
    ({ file, line, endLine, name }) =>
      html`<li>
        <code>${clip(name, 160)}</code>
        <span class="path">${file}:${line}${endLine > line ? `–${endLine}` : ""}</span>
      </li>`,
  );
  const left = others.length - items.length;
  return html`<h4>Goes with it</h4>
    <ul class="plain">
      ${items}${left > 0 ? html`<li class="soft">and ${left} more</li>` : nothing}
    </ul>`;
}
