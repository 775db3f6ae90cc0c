import type { Span } from "../core/edit.ts";
import type { Notes } from "../mark/read-notes.ts";

/** What goes for a comment to be gone: between tags of JSX the braces around it as well, if they hold nothing else. */
export function commentSpan({ braces }: Notes, text: string, { start, end }: Span): Span {
  const isAlone = (around: Span) =>
    text.slice(around.start + 1, start).trim() === "" && text.slice(end, around.end - 1).trim() === "";
  return braces.find((around) => around.start < start && end < around.end && isAlone(around)) ?? { start, end };
}
