import { html, type Html } from "./html.ts";

/** What can be said of a candidate, a pull request or a repository in one word, with a shape besides the word. */
const statuses = {
  opened: { shape: "●", word: "opened", tone: "good" },
  "already-open": { shape: "◐", word: "waits", tone: "good" },
  "would-open": { shape: "○", word: "would open", tone: "good" },
  settled: { shape: "✓", word: "settled", tone: "quiet" },
  "reported-only": { shape: "!", word: "reported only", tone: "bad" },
  unchanged: { shape: "=", word: "unchanged", tone: "quiet" },
  failing: { shape: "…", word: "rests after failures", tone: "bad" },
  stopped: { shape: "✕", word: "stopped", tone: "bad" },
  needed: { shape: "◆", word: "needed", tone: "quiet" },
  untested: { shape: "◇", word: "not tested", tone: "quiet" },
  reported: { shape: "–", word: "reported", tone: "quiet" },
  passed: { shape: "✓", word: "passed", tone: "good" },
  failed: { shape: "✕", word: "failed", tone: "bad" },
  "timed-out": { shape: "✕", word: "timed out", tone: "bad" },
  "could-not-start": { shape: "✕", word: "did not start", tone: "bad" },
} as const satisfies Record<string, { readonly shape: string; readonly word: string; readonly tone: string }>;

/** The name of a status. */
export type Status = keyof typeof statuses;

/** A status as shape and word: colour only repeats what they say. */
export function renderStatus(status: Status): Html {
  const { shape, word, tone } = statuses[status];
  return html`<span class="status ${tone}"><span class="g" aria-hidden="true">${shape}</span> ${word}</span>`;
}

/** The word of a status by itself, for lists to choose from. */
export function wordOf(status: Status): string {
  return statuses[status].word;
}
