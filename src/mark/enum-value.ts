import type { Inner, Module } from "./module.ts";

/** The text that a member of an enum stands for; empty when it is a number or worked out. */
export function enumValue({ text }: Pick<Module, "text">, { spans }: Pick<Inner, "spans">): string {
  const [span] = spans;
  const member = span === undefined ? "" : text.slice(span.start, span.end);
  return /=\s*(["'`])([^"'`$\\]+)\1$/.exec(member)?.[2] ?? "";
}
