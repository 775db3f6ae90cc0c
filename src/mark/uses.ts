import type { RepoPath } from "../core/names.ts";
import type { NamedRange, SeenLocal } from "./locals.ts";
import type { Declaration, ImportBinding, ModuleReference, Use } from "./module.ts";
import type { Comment, SyntaxNode } from "./syntax.ts";
import { walkStatement } from "./walk.ts";

/** The statements of a module to walk, and the names that it imports. */
export type Walkable = { readonly walked: readonly SyntaxNode[]; readonly imports: readonly ImportBinding[] };

export type Walked = {
  readonly uses: readonly Use[];
  readonly references: readonly ModuleReference[];
  readonly words: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, readonly number[]>;
  readonly locals: readonly SeenLocal[];
  readonly named: readonly NamedRange[];
  readonly hasJsx: boolean;
};

/** Walks the statements of a module once and sorts what they mention. */
export function collectUses(
  draft: Walkable,
  declarations: readonly Declaration[],
  source: { readonly file: RepoPath; readonly text: string; readonly comments: readonly Comment[] },
): Walked {
  const { file, text, comments } = source;
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
  const use = (name: string, at: number, member?: string) => {
    const positions = names.get(name);
    if (positions === undefined) names.set(name, [at]);
    else positions.push(at);
    if (bound.has(name)) uses.push(member === undefined ? { name, at } : { name, at, member });
  };
  const sink = {
    name: use,
    reference: (reference: ModuleReference) => {
      references.push(reference);
    },
    word: (text: string) => {
      words.add(text);
    },
    named: (name: string, { start, end }: SyntaxNode) => {
      named.push({ name, start, end });
    },
    local: (declaration: SyntaxNode, statement: SyntaxNode, scope: SeenLocal["scope"]) => {
      locals.push({ declaration, statement, scope });
    },
  };
  for (const statement of draft.walked) walkStatement(statement, sink);
  for (const { at, name } of namesInComments(comments, file)) if (bound.has(name)) use(name, at);
  return {
    uses,
    references,
    words,
    names,
    locals,
    named,
    hasJsx: /<[A-Za-z>]/.test(text) && /\.[cm]?[jt]sx?$/.test(file) && !/\.[cm]?ts$/.test(file),
  };
}

/** A comment is a use where tools read it as one: `{@link Name}`, and every JSDoc type of a JavaScript file. */
function* namesInComments(
  comments: readonly Comment[],
  file: RepoPath,
): Generator<{ readonly at: number; readonly name: string }> {
  const isJavaScript = /\.[cm]?jsx?$/.test(file);
  for (const comment of comments) {
    if (comment.kind !== "block" || !comment.text.startsWith("*")) continue;
    const pattern = isJavaScript ? /[A-Za-z_$][\w$]*/g : /(?<=\{@link(?:code|plain)?\s+)[A-Za-z_$][\w$]*/g;
    for (const match of comment.text.matchAll(pattern))
      yield { at: comment.span.start + 2 + match.index, name: match[0] };
  }
}
