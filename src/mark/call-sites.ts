import type { Span } from "../core/edit.ts";
import { isQuiet, nothingKnown } from "./constants.ts";
import type { PartChange } from "./module.ts";
import { nodesAt, type SyntaxNode } from "./syntax.ts";

/**
 * Takes the arguments at some positions out of calls. Undefined when one of them may do something, or cannot be told from
 * its neighbours.
 */
export function argumentChanges(
  calls: readonly SyntaxNode[],
  positions: readonly number[],
  text: string,
): readonly PartChange[] | undefined {
  const changes: PartChange[] = [];
  for (const call of calls) {
    const passed = nodesAt(call, "arguments");
    const gone = passed.filter((_, index) => positions.includes(index));
    if (passed.some(({ type }) => type === "SpreadElement")) return undefined;
    if (gone.length === 0) continue;
    const list = listAround(passed, text, call);
    if (list === undefined || !gone.every((argument) => isQuiet(argument, nothingKnown))) return undefined;
    for (const { start, end } of gone)
      changes.push({ kind: "remove-item", span: { start, end }, owner: list, size: passed.length, whenEmpty: "()" });
  }
  return changes;
}

/** The brackets around a list, or the one name that stands there without any; undefined when a comment is in the way. */
export function listAround(items: readonly SyntaxNode[], text: string, { start, end }: Span): Span | undefined {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const before = text.slice(start, first.start).trimEnd();
  const behind = /^(?:[\s,]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*\)/.exec(text.slice(last.end, end));
  if (before.endsWith("(") && behind !== null)
    return { start: start + before.length - 1, end: last.end + behind[0].length };
  const isBare =
    items.length === 1 && /^\s*=>/.test(text.slice(last.end, end)) && (before === "" || before.endsWith("async"));
  return isBare ? { start: first.start, end: last.end } : undefined;
}
