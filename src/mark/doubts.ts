import { escapePattern } from "../core/patterns.ts";
import type { Constant } from "./constants.ts";
import type { SeenLocal } from "./locals.ts";
import { nodeAt, nodesAt, textAt, type Comment, type SyntaxNode } from "./syntax.ts";

/** Why the owner of a constant may mean to change it, by its name. */
export type Doubts = (name: string) => Constant["doubt"];

type Source = {
  readonly text: string;
  readonly body: readonly SyntaxNode[];
  /** In the order of the text. */
  readonly comments: readonly Comment[];
  readonly locals: readonly SeenLocal[];
};

const switchName = /debug|verbose|trace|devtool|dry_?run|profil|mock|experiment|simulat/i;
const switchComment =
  /\b(?:set|chang\w*|toggl\w*|flip|turn|enabl\w*|disabl\w*|switch\w*|uncomment|debug\w*|for now|temporar\w*)\b/i;

/** Whether a constant looks like a switch that developers turn by hand, by its name or the comment beside it. */
export function createDoubts(source: Source): Doubts {
  let places: ReadonlyMap<string, readonly SyntaxNode[]> | undefined;
  return (name) => {
    if (switchName.test(name)) return `${name} is called like a switch for developers`;
    const statements = (places ??= findPlaces(source)).get(name) ?? [];
    const [beside] = statements
      .flatMap((statement) => commentsBeside(statement, source))
      .sort((one, other) => one.span.start - other.span.start);
    if (beside !== undefined && switchComment.test(beside.text)) return `the comment at ${name} speaks of changing it`;
    const isReplaced = new RegExp(`\\b${escapePattern(name)}\\s*[=:]`);
    return statements.some((statement) => isReplaced.test(textAbove(statement, source)))
      ? `a comment above ${name} gives it another value`
      : undefined;
  };
}

/** The statements that declare variables, by the names that they declare. */
function findPlaces({ body, locals }: Source): ReadonlyMap<string, readonly SyntaxNode[]> {
  const places = new Map<string, SyntaxNode[]>();
  for (const statement of [...body, ...locals.map((local) => local.statement)]) {
    for (const declarator of nodesAt(nodeAt(statement, "declaration") ?? statement, "declarations")) {
      const name = textAt(nodeAt(declarator, "id") ?? declarator, "name");
      if (name === undefined) continue;
      const known = places.get(name);
      if (known === undefined) places.set(name, [statement]);
      else known.push(statement);
    }
  }
  return places;
}

/** The comment above, and the one behind on the same line. */
function commentsBeside({ start, end }: SyntaxNode, { text, comments }: Source): readonly Comment[] {
  const above = comments[firstFrom(comments, start) - 1];
  const behind = comments[firstFrom(comments, end)];
  return [
    ...(above !== undefined && above.span.end <= start && text.slice(above.span.end, start).trim() === ""
      ? [above]
      : []),
    ...(behind !== undefined && !text.slice(end, behind.span.start).includes("\n") ? [behind] : []),
  ];
}

/** All comments that end right above a statement. */
function textAbove({ start }: SyntaxNode, { text, comments }: Source): string {
  let from = start;
  for (let at = firstFrom(comments, start) - 1; at >= 0; at -= 1) {
    const comment = comments[at];
    if (comment === undefined || text.slice(comment.span.end, from).trim() !== "") break;
    from = comment.span.start;
  }
  return text.slice(from, start);
}

/** The first comment that begins at or behind a position. */
function firstFrom(comments: readonly Comment[], position: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.span.start ?? Infinity) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
