import type { Span } from "../core/edit.ts";
import type { Comment } from "./syntax.ts";

/** A rule that a directive names, where it stands. */
export type NamedRule = { readonly name: string; readonly span: Span };

/** A comment that tells a tool to look away; `scope` says from what. */
export type Directive = {
  readonly comment: Comment;
  /** The words that make it a directive: `eslint-disable-next-line`, `@ts-ignore`. */
  readonly words: string;
  readonly tool: DirectiveTool;
  /** A `region` lasts until a directive that ends it; `next` is the next code, `if` that too, which must be an `if`. */
  readonly scope: "line" | "next-line" | "next" | "if" | "region" | "end" | "file";
  /** Of a linter's directive; none stands for every rule. */
  readonly rules: readonly NamedRule[];
};

/** The tools whose directives are known. */
export type DirectiveTool = keyof typeof directiveTools;

type Tool = {
  /** What speaks of the tool, or of one that heeds its directives. */
  readonly mention: RegExp;
  /** Reads the words of a comment; positions count from the start of the comment's text. */
  readonly read: (text: string, kind: Comment["kind"]) => Omit<Directive, "comment" | "tool"> | null;
};

/** Reads a linter's directive with its list of rules. */
function readLint(pattern: RegExp): Tool["read"] {
  return (text, kind) => {
    const match = pattern.exec(text);
    const [whole = "", words = "", verb = "", place = ""] = match ?? [];
    if (match === null || (place === "" && kind === "line")) return null;
    const scope =
      place === "-line" ? "line" : place === "-next-line" ? "next-line" : verb === "enable" ? "end" : "region";
    return { words, scope, rules: readRules(text, match.index + whole.length) };
  };
}

/** Rules stand up to a reason, which two hyphens begin. */
function readRules(text: string, from: number): readonly NamedRule[] {
  const rest = text.slice(from).split(/\s-{2,}\s/)[0] ?? "";
  return [...rest.matchAll(/[^\s,*]+/g)].map(({ 0: name, index }) => ({
    name,
    span: { start: from + index, end: from + index + name.length },
  }));
}

function readWords(pattern: RegExp, scope: Directive["scope"]): Tool["read"] {
  return (text) => {
    const words = pattern.exec(text)?.[1];
    return words === undefined ? null : { words, scope, rules: [] };
  };
}

function firstOf(...readers: readonly Tool["read"][]): Tool["read"] {
  return (text, kind) => {
    for (const read of readers) {
      const found = read(text, kind);
      if (found !== null) return found;
    }
    return null;
  };
}

/** Who heeds which directive. A tool that nothing in a repository speaks of does not run there. */
export const directiveTools = {
  eslint: {
    mention: /eslint|oxlint|standard|\bxo\b|\bgts\b|react-scripts|vite-plus|next(?:\.js)? lint|quasar|megalinter/i,
    read: readLint(/^\s*((?:eslint|oxlint)-(disable|enable)(-next-line|-line)?)(?=\s|$)/),
  },
  tslint: {
    mention: /tslint|codelyzer/i,
    read: firstOf(
      readWords(/^\s*(tslint:(?:disable|enable)-next-line)\b/, "next"),
      readWords(/^\s*(tslint:(?:disable|enable)(?:-line)?)\b/, "file"),
    ),
  },
  typescript: {
    mention: /\btsc\b|typescript|tsconfig|tsgo/i,
    read: (text, kind) =>
      kind === "line"
        ? readWords(/^\/?\s*(@ts-(?:ignore|expect-error))\b/, "next")(text, kind)
        : readWords(/^[\s*/]*(@ts-(?:ignore|expect-error))\b/, "next")(text, kind),
  },
  prettier: {
    mention: /prettier|oxfmt|vite-plus/i,
    read: readWords(/^\s*(prettier-ignore)\s*$/, "next"),
  },
  biome: {
    mention: /biome|ultracite/i,
    read: firstOf(readWords(/^\s*(biome-ignore)\s+\w+/, "next"), readWords(/^\s*(biome-ignore-all)\b/, "file")),
  },
  istanbul: {
    mention: /istanbul|\bnyc\b|jest|vitest|\bc8\b|karma|coverage|\btap\b|cypress|playwright|node --test|bun test/i,
    read: firstOf(
      readWords(/^\s*((?:istanbul|c8|v8)\s+ignore\s+next)\b/, "next"),
      readWords(/^\s*(istanbul\s+ignore\s+(?:if|else))\b/, "if"),
      readWords(/^\s*((?:istanbul|c8|v8)\s+ignore\s+file)\b/, "file"),
    ),
  },
  jshint: {
    mention: /jshint|jslint/i,
    read: readWords(/^\s*(jshint|jslint)\s+\S/, "file"),
  },
} as const satisfies Record<string, Tool>;

const toolNames: readonly DirectiveTool[] = [
  "eslint",
  "tslint",
  "typescript",
  "prettier",
  "biome",
  "istanbul",
  "jshint",
];

/** Whether a file may have a directive at all, so that most are not parsed again. */
export function mayHaveDirectives(text: string): boolean {
  return /(?:eslint|oxlint)-(?:dis|en)able|tslint:|@ts-(?:ignore|expect)|(?:prettier|biome)-ignore|\b(?:istanbul|c8|v8)\s+ignore|js[hl]int/.test(
    text,
  );
}

/** The directives among the comments of a file, in their order. */
export function readDirectives(comments: readonly Comment[]): readonly Directive[] {
  return comments.flatMap((comment): readonly Directive[] => {
    for (const tool of toolNames) {
      const found = directiveTools[tool].read(comment.text, comment.kind);
      if (found === null) continue;
      const from = comment.span.start + 2;
      const rules = found.rules.map(({ name, span }) => ({
        name,
        span: { start: from + span.start, end: from + span.end },
      }));
      return [{ ...found, comment, tool, rules }];
    }
    return [];
  });
}
