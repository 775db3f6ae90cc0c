import { createHash } from "node:crypto";
import { html, trusted, type Html } from "./html.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** One page of the site. */
export type Page = {
  readonly title: string;
  /** The way down to this page; the last one is the page itself. */
  readonly trail: readonly { readonly name: string; readonly href?: string }[];
  readonly content: Html;
  /** What a server that takes forms adds: pages from disk send nothing anywhere. */
  readonly forms?: boolean;
  /** Its script may load a file of data beside it. */
  readonly data?: boolean;
};

/**
 * A whole page in one file. Its policy allows this one style and this one script and nothing else: no other script runs
 * whatever a name contains, and nothing is loaded from anywhere.
 */
export function renderPage({ title, trail, content, forms = false, data = false }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    `script-src '${digest(script)}'${data ? " 'strict-dynamic'" : ""}`,
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
  ].join("; ");
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="nightsweep" />
        <title>${title} · nightsweep</title>
        ${exactly("style", style)}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        <nav class="trail" aria-label="Where you are">
          <ol>
            ${trail.map(renderStep)}
          </ol>
        </nav>
        <main id="content">${content}</main>
        <footer>Made by nightsweep from its records. Nothing on this page is loaded from anywhere else.</footer>
        ${exactly("script", script)}
      </body>
    </html>`;
  return `${page.html}\n`;
}

function renderStep({ name, href }: Page["trail"][number]): Html {
  return href === undefined ? html`<li aria-current="page">${name}</li>` : html`<li><a href="${href}">${name}</a></li>`;
}

/** The digests are of what stands between the tags, to the byte. */
function exactly(tag: "style" | "script", text: string): Html {
  return trusted(`<${tag}>${text}</${tag}>`);
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}
