import type { Candidate } from "../../core/candidate.ts";
import { slackChoices, type SlackChoice } from "../../core/slack-choice.ts";
import { html, nothing, prose, webLink, type Html } from "./html.ts";
import { renderPage } from "./page.ts";

/** Who looks at a page of the desk: somebody who has shown the token, or a reader. */
export type Visitor =
  | { readonly kind: "reader"; readonly canSignIn: boolean }
  /** `seal`: goes with each form, so that no other page can send one. */
  | { readonly kind: "known"; readonly name: string; readonly seal: string };

/** The page on which somebody shows the token. */
export function renderSignIn(problem: string | null): string {
  const content = html`<h1>Sign in</h1>
    ${notice(problem)}
    <form method="post" action="/sign-in">
      <p>
        <label
          >Your name, for the ledger<br /><input name="name" required maxlength="80" autocomplete="username"
        /></label>
      </p>
      <p>
        <label
          >The token that this server was started with<br /><input
            name="token"
            type="password"
            required
            autocomplete="current-password"
        /></label>
      </p>
      <p><button>Sign in</button></p>
    </form>`;
  return wrap("Sign in", content);
}

/** A pull request of ours: why its code is dead, and what can be answered. */
export function renderPullRequest(
  visitor: Visitor,
  about: {
    readonly repo: SlackChoice["repo"];
    readonly number: number;
    readonly url: string;
    readonly state: string;
    readonly candidates: readonly Candidate[];
    readonly answers: readonly string[];
    readonly choices: readonly (readonly [label: string, value: string, needsReason: boolean])[];
  },
): string {
  const { repo, number, url, state, candidates, answers, choices } = about;
  const content = html`<h1>${repo} #${number}</h1>
    <p class="lede">
      ${webLink(url, html`The pull request`)} is ${state}. <a href="/repository/${encodeURIComponent(repo)}">${repo}</a>
    </p>
    <h2>Why it is dead</h2>
    ${candidates.length === 0 ? html`<p>Its evidence is in the pull request.</p>` : candidates.map(renderCandidate)}
    ${renderAnswers(answers)} ${renderChoices(visitor, `/pull-request/${encodeURIComponent(repo)}/${number}`, choices)}`;
  return wrap(`${repo} #${number}`, content);
}

/** A repository: what rests it, and what can be answered about all of it. */
export function renderRepositoryDesk(
  visitor: Visitor,
  about: {
    readonly repo: SlackChoice["repo"];
    readonly answers: readonly string[];
    readonly choices: readonly (readonly [label: string, value: string, needsReason: boolean])[];
  },
): string {
  const { repo, answers, choices } = about;
  const place = `/repository/${encodeURIComponent(repo)}`;
  const content = html`<h1>${repo}</h1>
    <p>
      <a href="/policy/${encodeURIComponent(repo)}">Its policy</a> ·
      <a href="/reports/repository-${encodeURIComponent(repo)}.html">its nights</a>
    </p>
    ${renderAnswers(answers)} ${renderChoices(visitor, place, choices)}`;
  return wrap(repo, content);
}

/** The policy that is in force for a repository, and a try at another one. */
export function renderPolicyPage(
  visitor: Visitor,
  about: {
    readonly repo: string;
    readonly effective: readonly string[];
    readonly file: string;
    readonly text: string;
    /** Of the file as it was read: it is not saved over another change. */
    readonly base: string;
    readonly preview: readonly string[] | null;
    readonly problem: string | null;
    readonly saved: boolean;
  },
): string {
  const { repo, effective, file, text, base, preview, problem, saved } = about;
  const save =
    visitor.kind === "known" && preview !== null
      ? html` <button name="do" value="save">Save it to ${file}</button>`
      : nothing;
  const content = html`<h1>The policy for ${repo}</h1>
    ${saved ? html`<p class="notice mild" role="status">Saved. It counts from the next night on.</p>` : nothing}
    ${notice(problem)}
    <h2>In force</h2>
    <pre tabindex="0" aria-label="The policy in force">${effective.join("\n")}</pre>
    <h2>Try another</h2>
    <p>
      A preview asks what the recorded nights would have done under it. Nothing is saved before.
      ${visitor.kind === "known" ? nothing : signInHint(visitor)}
    </p>
    <form method="post" action="/policy/${encodeURIComponent(repo)}">
      ${seal(visitor)}<input type="hidden" name="base" value="${base}" />
      <p>
        <label>${file}<br /><textarea name="text" rows="24" spellcheck="false">${text}</textarea></label>
      </p>
      <p><button name="do" value="preview">Preview</button>${save}</p>
    </form>
    ${
      preview === null
        ? nothing
        : html`<h2>What recorded nights would have done</h2>
            <pre tabindex="0" aria-label="Preview">${preview.join("\n")}</pre>`
    }`;
  return wrap(`Policy for ${repo}`, content);
}

function renderCandidate({ subject, evidence, lastTouched }: Candidate): Html {
  const touched =
    lastTouched === null
      ? nothing
      : html`<li>last touched ${lastTouched.date.slice(0, 10)}: ${lastTouched.subject}</li>`;
  return html`<h3><code>${subject.name}</code> <span class="path">${subject.file}:${subject.line}</span></h3>
    <ul class="plain">
      ${evidence.map(({ text }) => html`<li>${prose(text)}</li>`)} ${touched}
    </ul>`;
}

function renderAnswers(answers: readonly string[]): Html {
  if (answers.length === 0) return nothing;
  return html`<h2>What people said</h2>
    <ul class="plain">
      ${answers.map((answer) => html`<li>${answer}</li>`)}
    </ul>`;
}

function renderChoices(
  visitor: Visitor,
  place: string,
  choices: readonly (readonly [label: string, value: string, needsReason: boolean])[],
): Html {
  if (visitor.kind === "reader")
    return html`<h2>Answer</h2>
      <p>${signInHint(visitor)}</p>`;
  const forms = choices.map(
    ([label, value, needsReason]) =>
      html`<form method="post" action="${place}">
        ${seal(visitor)}<input type="hidden" name="choice" value="${value}" />
        ${
          needsReason
            ? html`<p>
                <label>Why is it needed?<br /><input name="why" required minlength="3" maxlength="500" /></label>
              </p>`
            : nothing
        }
        <p><button>${label}</button></p>
      </form>`,
  );
  return html`<h2>Answer as ${visitor.name}</h2>
    ${forms}`;
}

/** The words of a choice on a page, where it is not a menu that opens a form. */
export function labelOf(kind: SlackChoice["kind"]): string {
  return slackChoices[kind].label.replace("…", "");
}

function signInHint(visitor: Visitor): Html {
  if (visitor.kind === "known") return nothing;
  return visitor.canSignIn
    ? html`<a href="/sign-in">Sign in</a> to answer here.`
    : html`This server only reads: start it with a token (NIGHTSWEEP_SERVE_TOKEN) to answer here.`;
}

function seal(visitor: Visitor): Html {
  return visitor.kind === "known" ? html`<input type="hidden" name="seal" value="${visitor.seal}" />` : nothing;
}

function notice(problem: string | null): Html {
  return problem === null ? nothing : html`<p class="notice" role="alert">${problem}</p>`;
}

function wrap(name: string, content: Html): string {
  return renderPage({ title: name, trail: [{ name: "Now", href: "/" }, { name }], content, forms: true });
}
