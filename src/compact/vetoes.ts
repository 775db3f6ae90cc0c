import { isFrameworkName } from "./framework-names.ts";
import type { Copy } from "./copies.ts";

/** Why some copies are meant to be copies. `holds` looks at one of them. */
type Veto = { readonly why: string; readonly holds: (copy: Copy) => boolean };

const inPath = (pattern: RegExp) => (copy: Copy) => pattern.test(copy.module.file);
const inName = (pattern: RegExp) => (copy: Copy) => pattern.test(copy.print.name);
const inText = (pattern: RegExp) => (copy: Copy) =>
  pattern.test(copy.module.text.slice(copy.print.span.start, copy.print.span.end));

/** Similar code with different reasons to change, as data: each line is a kind of copy that maintainers keep. */
const vetoes: readonly Veto[] = [
  {
    why: "a framework looks for it by its name in its file",
    holds: ({ print, module }) => isFrameworkName(print.name, module.file),
  },
  {
    why: "components of a library of components are written to be copied",
    holds: inPath(/(^|\/)(ui|primitives|shadcn)\//),
  },
  {
    why: "its code was brought from elsewhere, and stays comparable with that",
    holds: inPath(/(^|\/)(vendor|third[_-]?party|external|polyfills?)\//i),
  },
  {
    why: "what one component, endpoint or command is given grows with that alone",
    holds: (copy) =>
      copy.print.kind === "type" &&
      /(^|[a-z0-9])(Props|State|Options?|Opts|Params?|Args|Arguments|Input|Output|Request|Response|Payload|Body|Query|Config|Settings|Context|Result|Item|Data|Value|Values|Event|Schema|Variables|BeforeSend)$/.test(
        copy.print.name,
      ),
  },
  {
    why: "a name of one short word says nothing of what it is for",
    holds: (copy) => copy.print.kind !== "function" && /^[A-Z]?[a-z]{0,4}$/.test(copy.print.name),
  },
  {
    why: "an annotation marks it as on its way out",
    holds: ({ module, print }) => isDeprecated(module.text, print.span.start),
  },
  {
    why: "messages are collected by the file that they stand in",
    holds: inText(/\b(?:msg|defineMessages?|useLingui|i18n\._|Trans)\b|\bt`/),
  },
  {
    why: "its text runs somewhere else, such as in a worker or a browser",
    holds: inText(/\b(?:page|frame)\.(?:evaluate|\$eval)|\bnew Worker\b|importScripts\b/),
  },
  { why: "a schema for one endpoint changes with that endpoint", holds: inName(/Schema$/) },
];

/** Kinds of code of which one is often changed or deleted without the other. */
const apart =
  /(^|[/._-])(v\d+|legacy|deprecated|old|beta|next|compat|drivers?|dialects?|adapters?|plugins?|locales?|i18n|lang|translations?)([/._-]|$)/i;

/** What speaks for keeping two copies, but only a person can weigh: versions and dialects change each by itself. */
export function isApart(copy: Copy): boolean {
  return apart.test(copy.module.file);
}

/** Why a copy is to stay as it is; undefined when nothing speaks for that. */
export function whyKept(copy: Copy): string | undefined {
  return vetoes.find(({ holds }) => holds(copy))?.why;
}

function isDeprecated(text: string, start: number): boolean {
  const above = text.slice(Math.max(0, start - 1000), start);
  const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(above)?.[0] ?? "";
  return /@deprecated|@license|@copyright|copied from|taken from/i.test(comment);
}
