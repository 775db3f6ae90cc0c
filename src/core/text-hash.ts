import { createHash } from "node:crypto";

/**
 * Recognises a piece of source wherever it stands: space counts for nothing, and neither do the folders in relative
 * specifiers, which change when its file is moved.
 */
export function textHash(text: string): string {
  return shortHash(plainText(text));
}

/** The text of which `textHash` makes its hash. */
export function plainText(text: string): string {
  return text
    .replace(/(["'`])\.{1,2}\/(?:[^"'`\s]*\/)?([^"'`/\s]*)\1/g, "$1./$2$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Twelve hexadecimal digits: enough for the candidates of one repository. */
export function shortHash(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
