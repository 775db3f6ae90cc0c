import { compileGlobs } from "./globs.ts";
import type { RepoPath } from "./names.ts";

/** Where GitHub looks for the file, in its order. */
export const codeownersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** Reads a CODEOWNERS file: who owns a path; the last line that matches decides, a line without owners takes them away. */
export function readCodeowners(text: string): (file: RepoPath) => readonly string[] {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [pattern = "", ...owners] = line.split(/\s+/);
      return { matches: compileGlobs(toGlobs(pattern)), owners };
    })
    .toReversed();
  return (file) => rules.find(({ matches }) => matches(file))?.owners ?? [];
}

/** The patterns of .gitignore: a slash within anchors them at the top, a name alone matches at any depth. */
function toGlobs(pattern: string): readonly string[] {
  const bare = pattern.replace(/^\//, "").replace(/\/$/, "");
  const anchored = bare.includes("/") || pattern.startsWith("/");
  const base = anchored ? bare : `**/${bare}`;
  // `docs/*` means the files of that folder only; everything else means what is below as well.
  if (pattern.endsWith("/")) return [`${base}/**`];
  return base.endsWith("*") && base.includes("/") && anchored ? [base] : [base, `${base}/**`];
}
