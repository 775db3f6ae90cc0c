import type { Keep } from "../core/keep.ts";
import type { Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import type { Declaration, Inner, Module } from "./module.ts";
import type { Comment } from "./syntax.ts";

/** A comment that says that something must stay. */
export type Annotation = Span & {
  readonly scope: Keep["scope"];
  readonly reason: string;
  /** Set for a keep of ours; a documentation tag such as `@public` needs neither reason nor end. */
  readonly written?: Pick<Keep, "why" | "until">;
};

/** Ours stand at the start of a line of a comment, or behind other words with a colon. */
const keepPattern =
  /(?:^[\s*]*@?nightsweep-keep(?<first>-next-line|-file)?(?:[ \t]*:|(?=\s|$))|nightsweep-keep(?<later>-next-line|-file)?:)[ \t]*(?<rest>[^\n]*)/m;

/** Tags by which others say that an export is meant for others, or that a tool must leave it alone. */
const keepingTags = ["public", "beta", "lintignore", "knipignore"] as const;

/** Finds `nightsweep-keep`, for what follows, the next line or the file, and the documentation tags that keep. */
export function readKeeps(comments: readonly Comment[]): readonly Annotation[] {
  return comments.flatMap((comment): readonly Annotation[] => {
    const written = readKeep(comment.text);
    if (written !== null) return [{ ...comment.span, ...written }];
    const tag = keepingTags.find((name) => hasTag(comment, name));
    return tag === undefined ? [] : [{ ...comment.span, scope: "here", reason: `its documentation says @${tag}` }];
  });
}

function readKeep(text: string): Omit<Annotation, keyof Span> | null {
  const groups = keepPattern.exec(text)?.groups;
  if (groups === undefined) return null;
  const kind = groups["first"] ?? groups["later"] ?? "";
  const rest = (groups["rest"] ?? "").replace(/\s*(?:\*\/|-->)?\s*$/, "").trim();
  const why = rest.replace(endPattern, "").trim();
  const [, day = null] = endPattern.exec(rest) ?? [];
  const reason = `nightsweep-keep${kind}: ${rest === "" ? "without a reason" : rest}`;
  const written = { why: why === "" ? null : why, until: isDay(day) ? day : null };
  return { scope: scopes.get(kind) ?? "here", reason, written };
}

const endPattern = /\(\s*until:?\s*(\d{4}-\d{2}-\d{2})\s*\)/;
const scopes: ReadonlyMap<string, Keep["scope"]> = new Map([
  ["-file", "file"],
  ["-next-line", "next-line"],
]);

/** A day that is not in the calendar is no end. */
function isDay(text: string | null): boolean {
  return text !== null && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

function hasTag(comment: Comment, name: string): boolean {
  const isDocumentation = comment.kind === "block" && comment.text.startsWith("*");
  return isDocumentation && new RegExp(`^\\s*\\*?\\s*@${name}\\b`, "m").test(comment.text);
}

/** What annotations can keep of a module. */
type Keepable = {
  readonly file: RepoPath;
  readonly text: string;
  readonly declarations: readonly Declaration[];
  readonly inner: readonly Inner[];
};

/**
 * Puts the reason on the declarations, and the parts of them, that a comment stands directly above, inside, or behind on
 * the same line; and says of each annotation of ours what it keeps.
 */
export function applyKeeps(
  module: Keepable,
  keeps: readonly Annotation[],
): Pick<Module, "declarations" | "inner" | "keeps"> {
  const { text } = module;
  const reasonOf = (spans: readonly Span[]) => {
    const keep = spans.map((span) => keepOf(span, keeps, text)).find((found) => found !== undefined);
    return keep === undefined ? {} : { keep: keep.reason };
  };
  const declarations = module.declarations.map((one) => ({ ...one, ...reasonOf(one.parts.map(({ span }) => span)) }));
  const inner = module.inner.map((part) => ({ ...part, ...reasonOf(part.spans) }));
  return { declarations, inner, keeps: describeKeeps(module, keeps) };
}

/** The annotation that belongs to a stretch of text. */
export function keepOf({ start, end }: Span, keeps: readonly Annotation[], text: string): Annotation | undefined {
  return keeps.find((keep) => belongs(keep, { start, end }, text));
}

function belongs(keep: Annotation, { start, end }: Span, text: string): boolean {
  if (keep.scope === "file") return true;
  if (keep.scope === "next-line") return keep.end <= start && /^[^\n]*\n[ \t]*$/.test(text.slice(keep.end, start));
  if (keep.end <= start)
    return (
      !isBehindCode(keep, text) &&
      /^\s*(?:(?:\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)\s*)*$/.test(text.slice(keep.end, start))
    );
  if (keep.start >= end) return !text.slice(end, keep.start).includes("\n");
  return true;
}

/** A comment behind code on its line is about that, not about what stands below. */
function isBehindCode({ start }: Span, text: string): boolean {
  return !/^\s*[{(]?\s*$/.test(text.slice(text.lastIndexOf("\n", start - 1) + 1, start));
}

function describeKeeps(module: Keepable, keeps: readonly Annotation[]): Module["keeps"] {
  const { file, text } = module;
  return keeps.flatMap(({ written, ...keep }) => {
    if (written === undefined) return [];
    const line = text.slice(0, keep.start).split("\n").length;
    const holds = (spans: readonly Span[]) => spans.some((span) => belongs(keep, span, text));
    const things = [
      ...module.declarations.flatMap(({ name, parts }) => (holds(parts.map(({ span }) => span)) ? [name] : [])),
      ...module.inner.flatMap(({ name, spans, member }) => (member !== undefined && holds(spans) ? [name] : [])),
    ];
    const names = keep.scope === "file" ? [file.slice(file.lastIndexOf("/") + 1)] : [...new Set(things)];
    return [{ file, line, scope: keep.scope, names, ...written }];
  });
}

/** Annotations in files that are no source: templates and pages, whose comments are written in another way. */
export function keepsInMarkup(file: RepoPath, text: string): readonly Keep[] {
  if (!/\.(?:vue|svelte|astro|html?|mdx?)$/.test(file) || !text.includes("nightsweep-keep")) return [];
  const comments = [...text.matchAll(/<!--([\s\S]*?)-->|\{\/\*([\s\S]*?)\*\/\}/g)];
  return comments.flatMap(({ 1: markup, 2: jsx, index }) => {
    const keep = readKeep(markup ?? jsx ?? "");
    if (keep?.written === undefined) return [];
    const line = text.slice(0, index).split("\n").length;
    // Such files are never collected, and what they name is kept: the annotation is remembered for the file.
    const names = [file.slice(file.lastIndexOf("/") + 1)];
    return [{ file, line, scope: "file" as const, names, ...keep.written, isUnneeded: null }];
  });
}
