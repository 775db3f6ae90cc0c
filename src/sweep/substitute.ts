import type { Span } from "../core/edit.ts";
import type { Substitution } from "./removal.ts";

/** A text after substitutions; they are sorted, and where two overlap the earlier one wins. */
export function substitute(text: string, changes: readonly Substitution[]): string {
  let result = "";
  let at = 0;
  for (const change of changes) {
    result += text.slice(at, Math.max(at, change.start)) + change.text;
    at = Math.max(at, change.end);
  }
  return result + text.slice(at);
}

/** Where a span lies after the substitutions; what begins inside one begins behind its new text, what ends inside ends there. */
export function moveSpan(span: Span, changes: readonly Substitution[]): Span {
  const start = movePosition(span.start, changes);
  return { start, end: Math.max(start, movePosition(span.end, changes)) };
}

function movePosition(position: number, changes: readonly Substitution[]): number {
  let shift = 0;
  let at = 0;
  for (const { start, end, text } of changes) {
    if (start >= position) break;
    const covered = Math.max(at, Math.min(end, position)) - Math.max(at, start);
    shift += text.length - covered;
    at = Math.max(at, end);
  }
  return position + shift;
}
