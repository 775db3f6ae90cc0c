import type { RepoPath } from "../core/names.ts";
import type { SeenLocal } from "./locals.ts";
import type { Declaration, ImportBinding, Mentions, ModuleReference, Use } from "./module.ts";
import type { NamedRange } from "./name-paths.ts";
import { isTestPath } from "./paths.ts";
import type { Comment, SyntaxNode } from "./syntax.ts";
import { walkStatement } from "./walk.ts";

/** The statements of a module to walk, and the names that it imports. */
export type Walkable = { readonly walked: readonly SyntaxNode[]; readonly imports: readonly ImportBinding[] };

export type Walked = {
  readonly uses: readonly Use[];
  readonly references: readonly ModuleReference[];
  readonly words: ReadonlySet<string>;
  /** Where each name is used, in order. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  readonly locals: readonly SeenLocal[];
  readonly named: readonly NamedRange[];
  readonly choices: readonly SyntaxNode[];
  readonly mentions: Mentions;
  readonly looseMentions: Mentions;
  readonly writtenKeys: ReadonlySet<string>;
  readonly hasJsx: boolean;
};

type WalkedSource = {
  readonly file: RepoPath;
  readonly text: string;
  readonly comments: readonly Comment[];
  /** Where the names of members stand that are parts of their own. */
  readonly keys: ReadonlySet<number>;
};

/** Walks the statements of a module once and sorts what they mention. */
export function collectUses(draft: Walkable, declarations: readonly Declaration[], source: WalkedSource): Walked {
  const { file, text, comments, keys } = source;
  const bound = new Set([
    ...declarations.flatMap((declaration) => declaration.names),
    ...draft.imports.map((binding) => binding.local),
  ]);
  const uses: Use[] = [];
  const references: ModuleReference[] = [];
  const words = new Set<string>();
  const names = new Map<string, number[]>();
  const locals: SeenLocal[] = [];
  const named: NamedRange[] = [];
  const choices: SyntaxNode[] = [];
  const mentions = new Map<string, number[]>();
  const looseMentions = new Map<string, number[]>();
  const writtenKeys = new Set<string>();
  const isUnchecked = isTestPath(file) || !isCheckedSource(file, text);
  const use = (name: string, at: number, member?: string) => {
    put(names, name, at);
    if (bound.has(name)) uses.push(member === undefined ? { name, at } : { name, at, member });
  };
  const sink = {
    name: use,
    type: (name: string, at: number, parameter: boolean) => {
      put(names, name, at);
      if (bound.has(name)) uses.push({ name, at, typeOnly: parameter ? "parameter" : true });
    },
    reference: (reference: ModuleReference) => void references.push(reference),
    member: (name: string, at: number, how: "plain" | "loose" | "key") => {
      if (name === "" || keys.has(at)) return;
      put(mentions, name, at);
      if (how === "loose" || isUnchecked) put(looseMentions, name, at);
      if (how === "key") writtenKeys.add(name);
    },
    word: (text: string) => void words.add(text),
    named: (name: string, { start, end }: SyntaxNode) => void named.push({ name, start, end }),
    choice: (node: SyntaxNode) => void choices.push(node),
    local: (declaration: SyntaxNode, statement: SyntaxNode, scope: SeenLocal["scope"]) => {
      locals.push({ declaration, statement, scope });
    },
  };
  for (const statement of draft.walked) walkStatement(statement, sink);
  for (const { at, name } of namesInComments(comments, file, text.length)) if (bound.has(name)) use(name, at);
  for (const positions of names.values()) sortPositions(positions);
  references.push(...modulesInComments(comments, file, text.length));
  return {
    uses,
    references,
    words,
    names,
    locals,
    named,
    choices,
    mentions,
    looseMentions,
    writtenKeys,
    hasJsx: /<[A-Za-z>]/.test(text) && /\.[cm]?[jt]sx?$/.test(file) && !/\.[cm]?ts$/.test(file),
  };
}

function put(table: Map<string, number[]>, name: string, at: number): void {
  const positions = table.get(name);
  if (positions === undefined) table.set(name, [at]);
  else positions.push(at);
}

/** Nearly all are in order already. */
function sortPositions(positions: number[]): void {
  if (positions.some((at, index) => at < (positions[index - 1] ?? 0))) positions.sort((a, b) => a - b);
}

/** Whether the type checker sees to it that nothing private is used from outside. */
function isCheckedSource(file: RepoPath, text: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && !/@ts-(ignore|expect-error|nocheck)\b/.test(text);
}

/**
 * A comment is a use where tools read it as one: `{@link Name}`, the pragmas of JSX, and every JSDoc type of a JavaScript
 * file. What a comment says for the whole file is placed at its end, where it belongs to no declaration.
 */
function* namesInComments(
  comments: readonly Comment[],
  file: RepoPath,
  end: number,
): Generator<{ readonly at: number; readonly name: string }> {
  const isJavaScript = /\.[cm]?jsx?$/.test(file);
  for (const comment of comments) {
    if (comment.kind !== "block") continue;
    for (const name of pragmasIn(comment.text)) yield { at: end, name };
    if (!comment.text.startsWith("*") || (!isJavaScript && !comment.text.includes("{@link"))) continue;
    const definesType = isJavaScript && /@(typedef|callback)\b/.test(comment.text);
    const pattern = isJavaScript ? /[A-Za-z_$][\w$]*/g : /(?<=\{@link(?:code|plain)?\s+)[A-Za-z_$][\w$]*/g;
    for (const match of comment.text.matchAll(pattern)) {
      yield { at: comment.span.start + 2 + match.index, name: match[0] };
      if (definesType) yield { at: end, name: match[0] };
    }
  }
}

function pragmasIn(comment: string): readonly string[] {
  // Nearly no comment has one.
  if (!comment.includes("@jsx")) return [];
  return [...comment.matchAll(/@jsx(?:Frag)?\s+([\w$]+)/g)].map((match) => match[1] ?? "");
}

/** `import("./apple.js").Apple` and `@import { Apple } from "./apple.js"` in the JSDoc of a JavaScript file. */
function* modulesInComments(comments: readonly Comment[], file: RepoPath, end: number): Generator<ModuleReference> {
  if (!/\.[cm]?jsx?$/.test(file)) return;
  for (const { text } of comments) {
    for (const [, specifier = "", member] of text.matchAll(/import\(\s*["']([^"']+)["']\s*\)(?:\.([\w$]+))?/g))
      yield {
        at: end,
        kind: "import-type",
        text: specifier,
        ...(member === undefined ? {} : { members: [member] }),
      };
    for (const [, specifier = ""] of text.matchAll(/@import\b[^"'@]*["']([^"']+)["']/g))
      yield { at: end, kind: "import-type", text: specifier };
  }
}
