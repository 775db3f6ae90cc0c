/** Text that is HTML already. Only `html` makes it, so that nothing of a repository becomes markup. */
export type Html = { readonly html: string };

/** What a template takes: text is escaped, HTML is taken as it is, nothing stands for nothing. */
type Part = string | number | Html | readonly Html[] | null | undefined;

/**
 * An HTML template: every text in it is escaped, for content and for double-quoted attributes alike. The line breaks of the
 * template itself are for those who read the source: in the page each is a space.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = "", ...others] = onOneLine(strings);
  return { html: first + parts.map((part, index) => toHtml(part) + (others[index] ?? "")).join("") };
}

/** A template is the same array at each use. */
const knownTemplates = new WeakMap<TemplateStringsArray, readonly string[]>();

function onOneLine(strings: TemplateStringsArray): readonly string[] {
  const known = knownTemplates.get(strings);
  if (known !== undefined) return known;
  const joined = strings.map((text) => text.replace(/\s*\n\s*/g, " ").replace(/> (?=<\/?(?:t|d)[a-z]+\b)/g, ">"));
  knownTemplates.set(strings, joined);
  return joined;
}

/** Markup that a library made of text that it escaped itself, or that is written in this project. */
export function trusted(markup: string): Html {
  return { html: markup };
}

export const nothing: Html = { html: "" };

function toHtml(part: Part): string {
  if (part === null || part === undefined) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "html" in part ? part.html : part.map((one) => one.html).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Control characters and marks that turn the direction of text become a sign that one can see: a name could hide in
 * them what it really says.
 */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? "")
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g,
      "\ufffd",
    );
}

/** A sentence of ours in which `code spans` are code. */
export function prose(text: string): Html {
  const parts = text.split(/(`[^`]+`)/).map((part) => {
    const code = /^`([^`]+)`$/.exec(part)?.[1];
    return code === undefined ? html`${part}` : html`<code>${code}</code>`;
  });
  return html`${parts}`;
}

/** A link where the target is a web address; else only what it would say, for a page may be opened from anywhere. */
export function webLink(url: string, content: Html): Html {
  return /^https?:\/\/[^\s<>"'`]+$/.test(url)
    ? html`<a href="${url}" rel="noreferrer noopener">${content}</a>`
    : html`${content}`;
}
