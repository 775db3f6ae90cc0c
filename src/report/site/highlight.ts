import hljs from "highlight.js/lib/core";
import css from "highlight.js/lib/languages/css";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { escapeHtml, trusted, type Html } from "./html.ts";

const languages = { css, javascript, json, typescript, xml, yaml } as const;
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

const byExtension: Readonly<Record<string, keyof typeof languages>> = {
  css: "css",
  js: "javascript",
  cjs: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  json: "json",
  ts: "typescript",
  cts: "typescript",
  mts: "typescript",
  tsx: "typescript",
  vue: "xml",
  svelte: "xml",
  html: "xml",
  yaml: "yaml",
  yml: "yaml",
};

/** A line that is longer is data or a bundle: colours would cost much and help nobody. */
const longestLine = 1000;

/** Lines of a file, coloured by its language; what is not known stays plain. The lines stay one to one. */
export function highlightLines(file: string, lines: readonly string[]): readonly Html[] {
  const language = byExtension[/\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ""];
  if (language === undefined || lines.some(({ length }) => length > longestLine))
    return lines.map((line) => trusted(escapeHtml(line)));
  // What could hide something is shown first: the library would let it through.
  const text = lines
    .map((line) =>
      line.replace(/[^\t\u0020-\u007e\u00a0-\u{10ffff}]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, "\ufffd"),
    )
    .join("\n");
  return splitLines(hljs.highlight(text, { language, ignoreIllegals: true }).value);
}

/** A colour that goes over a line's end is closed there and opened again on the next line. */
function splitLines(markup: string): readonly Html[] {
  let open: readonly string[] = [];
  return markup.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span class="[^"]*">|<\/span>/g))
      open = tag === "</span>" ? open.slice(0, -1) : [...open, tag];
    return trusted(before + line + "</span>".repeat(open.length));
  });
}
