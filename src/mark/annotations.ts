import type { Span } from "../core/edit.ts";
import type { Declaration, Inner } from "./module.ts";
import type { Comment } from "./syntax.ts";

/** A comment that says that the declaration beside or below it must stay. */
type Keep = { readonly start: number; readonly end: number; readonly reason: string };

/** Finds `nightsweep-keep: reason` and the documentation tag `@public`. */
export function readKeeps(comments: readonly Comment[]): readonly Keep[] {
  return comments.flatMap((comment) => {
    const written = /nightsweep-keep:\s*(\S[^\n]*?)\s*$/m.exec(comment.text)?.[1];
    const reason =
      written === undefined
        ? isPublic(comment)
          ? "its documentation says @public"
          : undefined
        : `nightsweep-keep: ${written}`;
    return reason === undefined ? [] : [{ ...comment.span, reason }];
  });
}

function isPublic(comment: Comment): boolean {
  return comment.kind === "block" && comment.text.startsWith("*") && /^\s*\*?\s*@public\b/m.test(comment.text);
}

/** Puts the reason on the declaration that a comment stands directly above, inside, or behind on the same line. */
export function applyKeeps(
  declarations: readonly Declaration[],
  keeps: readonly Keep[],
  text: string,
): readonly Declaration[] {
  if (keeps.length === 0) return declarations;
  return declarations.map((declaration) => {
    const keep = declaration.parts.map((part) => keepOf(part.span, keeps, text)).find((found) => found !== undefined);
    return keep === undefined ? declaration : { ...declaration, keep: keep.reason };
  });
}

/** The same for a part of a declaration. */
export function withKeep(part: Inner, keeps: readonly Keep[], text: string): Inner {
  const keep = part.spans.map((span) => keepOf(span, keeps, text)).find((found) => found !== undefined);
  return keep === undefined ? part : { ...part, keep: keep.reason };
}

/** The annotation that belongs to a stretch of text. */
export function keepOf({ start, end }: Span, keeps: readonly Keep[], text: string): Keep | undefined {
  return keeps.find((keep) => belongs(keep, start, end, text));
}

function belongs(keep: Keep, start: number, end: number, text: string): boolean {
  if (keep.end <= start)
    return /^\s*(?:(?:\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)\s*)*$/.test(text.slice(keep.end, start));
  if (keep.start >= end) return !text.slice(end, keep.start).includes("\n");
  return true;
}
