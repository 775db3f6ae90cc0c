import type { RepoPath } from "../core/names.ts";
import { isSourceFile } from "./paths.ts";

/** Files that hold code of their own: whatever a quoted path in them leads to is loaded. */
export function isTemplate(file: RepoPath): boolean {
  return /\.(vue|svelte|astro|mdx|html?|ejs|hbs|njk|pug|liquid|php|cshtml|marko|riot|xhtml)$/.test(file);
}

/** A template, or a source file that the parser refused. */
export function holdsCode(file: RepoPath): boolean {
  return isTemplate(file) || isSourceFile(file);
}

/**
 * Makes the reader of the texts in a file that may be the path of one of these source files. Documentation names
 * thousands of paths of other projects, so what ends like none of ours is left out before anything is looked up.
 */
export function createTokenReader(sources: Iterable<RepoPath>): (file: RepoPath, text: string) => ReadonlySet<string> {
  const stems = new Set<string>();
  for (const source of sources) {
    const parts = source.split("/");
    stems.add(stemOf(parts.at(-1) ?? ""));
    // A folder stands for its index file.
    stems.add(stemOf(parts.at(-2) ?? ""));
  }
  const isLikely = (token: string): boolean => {
    const last = token.slice(token.lastIndexOf("/") + 1);
    return /^\.*$/.test(last) || token.startsWith("#") || stems.has(stemOf(last.replace(/[?#].*$/, "")));
  };
  return (file, text) => {
    const likely = pathTokens(file, text).filter(isLikely);
    const imported = holdsCode(file) ? importedIn(text) : file.endsWith(".md") ? importedInProse(text) : [];
    return new Set([...imported, ...likely]);
  };
}

/** A name up to its first dot; one that begins with a dot up to its second. */
function stemOf(name: string): string {
  const dot = name.indexOf(".", 1);
  return dot === -1 ? name : name.slice(0, dot);
}

/** The specifiers of imports: an alias may lead anywhere, so they need not end like a file. */
export function importedIn(text: string): readonly string[] {
  return textsLike(text, /\b(?:from|import|require)\s*\(?\s*["'`]([^"'`\s]{1,200})["'`]/g);
}

/** What an example in prose imports by the name of a package and a path in it: documented, so others may do so. */
function importedInProse(text: string): readonly string[] {
  return textsLike(text, /\b(?:from|import|require)\s*\(?\s*["']((?:@[\w.-]+\/)?[\w-][\w.-]*\/[\w./-]+)["']/g);
}

/** In templates every quoted text is a specifier; elsewhere only what looks like the path of a source file. */
function pathTokens(file: RepoPath, text: string): readonly string[] {
  const quoted = holdsCode(file) ? textsLike(text, /["'`]([^"'`\s]{2,200})["'`]/g) : [];
  const withSpaces = textsLike(text, /["'`]([^"'`\n]{2,200} [^"'`\n]{1,200}\.[cm]?[jt]sx?)["'`]/g);
  return [...quoted, ...pathsIn(text), ...withSpaces, ...bareTokens(file, text)];
}

/** Runs of the characters of a path that end like a source file, found from their end: extensions are rare. */
function pathsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/\.[cm]?[jt]sx?\b/g)) {
    let start = match.index;
    while (start > 0 && pathCharacter.test(text.charAt(start - 1))) start -= 1;
    if (start < match.index) found.push(text.slice(start, match.index + match[0].length));
  }
  return found;
}

const pathCharacter = /[\p{L}\p{N}_@.~+[\]()/-]/u;

/** A path without an extension in a data file: `src/pick`, or with the name of a function: `src/pick.handler`. */
function bareTokens(file: RepoPath, text: string): readonly string[] {
  if (holdsCode(file) || /\.md$|(^|\/)(package|[jt]sconfig[\w.-]*)\.json$/.test(file)) return [];
  const values = textsLike(
    text,
    /(?:["'`]|:\s+|-\s+)((?:[\p{L}\p{N}_@.-]+\/)+[\p{L}\p{N}_@.-]+)["'`]?\s*(?:[,\]}]|$)/gmu,
  );
  return values.flatMap((value) => [value, value.replace(/\.\w+$/, "")]).filter((value) => /\/[^./][^/]*$/.test(value));
}

function textsLike(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? "");
}
