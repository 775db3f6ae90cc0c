import type { RepoPath } from "../core/names.ts";
import { lineAt, type Module } from "./module.ts";
import { isSourceFile, folderOf, joinPath } from "./paths.ts";
import type { Resolver } from "./resolve.ts";

/** A file that is not parsed: its words and paths are read instead. */
export type TextFile = { readonly file: RepoPath; readonly text: string };

/** A source file named in a text, with the text that names it. */
export type FileMention = { readonly file: RepoPath; readonly by: RepoPath };

/** Files that hold code of their own: whatever a quoted path in them leads to is loaded. */
function isTemplate(file: RepoPath): boolean {
  return /\.(vue|svelte|astro|mdx|html?|ejs|hbs|njk|pug|liquid|php|cshtml|marko|riot|xhtml)$/.test(file);
}

/** A template, or a source file that the parser refused. */
function holdsCode(file: RepoPath): boolean {
  return isTemplate(file) || isSourceFile(file);
}

/** Texts worth reading for mentions of files and names; lock files and change logs mention everything and mean nothing. */
export function isMentionText(file: RepoPath): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (/^(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(name)) return false;
  if (/changelog|history|release|license/i.test(name) || /(^|\/)\.(changeset|git|yarn|nx|husky\/_)\//.test(file))
    return false;
  if (isSourceFile(file)) return false;
  return (
    isTemplate(file) ||
    /\.(json[5c]?|ya?ml|toml|md|sh|bash|ps1|bat|env|ini|cfg|conf|xml|graphql|gql|prisma|tf|hcl|gradle|rb|py|go|rs|java|kt|swift|cs)$/.test(
      name,
    ) ||
    !name.includes(".") ||
    /^(\.[\w-]+(rc)?|Dockerfile.*|Makefile.*)$/.test(name)
  );
}

/** Source files that the texts name by a path relative to the text, its package or the repository. */
export function findFileMentions(
  texts: readonly TextFile[],
  resolver: Resolver,
  isModule: (file: RepoPath) => boolean,
): readonly FileMention[] {
  return texts.flatMap(({ file, text }) => {
    const tokens = [...new Set(pathTokens(file, text))];
    const targets = new Set(tokens.flatMap((token) => findTargets(file, token, resolver)).filter(isModule));
    return [...targets].map((target) => ({ file: target, by: file }));
  });
}

/** In templates every quoted text is a specifier; elsewhere only what looks like the path of a source file. */
function pathTokens(file: RepoPath, text: string): readonly string[] {
  const quoted = holdsCode(file) ? textsLike(text, /["'`]([^"'`\s]{2,200})["'`]/g) : [];
  const paths = textsLike(text, /((?:[\p{L}\p{N}_@.~+[\]()-]*\/)*[\p{L}\p{N}_@.+[\]()-]+\.[cm]?[jt]sx?)\b/gu);
  const withSpaces = textsLike(text, /["'`]([^"'`\n]{2,200} [^"'`\n]{1,200}\.[cm]?[jt]sx?)["'`]/g);
  return [...quoted, ...paths, ...withSpaces, ...bareTokens(file, text)];
}

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

/** What stands before a path in a shell or a template, `$ROOT/src/a.ts`, may only look like a folder. */
function findTargets(file: RepoPath, token: string, resolver: Resolver): readonly RepoPath[] {
  const targets = targetsOf(file, token, resolver);
  const slash = token.indexOf("/");
  return targets.length > 0 || slash === -1 ? targets : targetsOf(file, token.slice(slash + 1), resolver);
}

function targetsOf(file: RepoPath, token: string, resolver: Resolver): readonly RepoPath[] {
  const folder = folderOf(file);
  const resolution = holdsCode(file) || token.startsWith(".") ? resolver.resolve(file, token) : undefined;
  const resolved = resolution?.kind === "files" ? resolution.files : [];
  const bare = token.replace(/^\.?\//, "");
  return [
    ...resolved,
    ...resolver.fileAt(joinPath(folder, bare)),
    ...resolver.fileAt(joinPath("", bare)),
    ...resolver.sourceOf(folder, bare),
  ];
}

/** Looks up where a name is mentioned outside the syntax that the mark follows. */
export type NameMentions = ReadonlyMap<
  string,
  readonly { readonly file: RepoPath; readonly line: number; readonly kind: "string" | "text-file" }[]
>;

/**
 * Finds names in texts: whole words in templates, whole strings and keys in data, whole string literals in source.
 * Prose (Markdown) does not count.
 */
export function findNameMentions(
  names: ReadonlySet<string>,
  texts: readonly TextFile[],
  modules: readonly Module[],
): NameMentions {
  const found = new Map<string, { file: RepoPath; line: number; kind: "string" | "text-file" }[]>();
  const add = (name: string, mention: { file: RepoPath; line: number; kind: "string" | "text-file" }) => {
    found.set(name, [...(found.get(name) ?? []), mention]);
  };
  for (const { file, text } of texts) {
    if (file.endsWith(".md") || /(^|\/)(package|tsconfig[\w.-]*)\.json$/.test(file)) continue;
    const isData = !isTemplate(file) && !isSourceFile(file);
    const pattern = isData
      ? /(?<=["'`])[A-Za-z_$][\w$]{2,}(?=["'`])|(?<=[:\s-])[A-Za-z_$][\w$]{2,}(?=\s*$)/gm
      : /[A-Za-z_$][\w$]{2,}/g;
    for (const match of text.matchAll(pattern)) {
      if (names.has(match[0]))
        add(match[0], { file, line: text.slice(0, match.index).split("\n").length, kind: "text-file" });
    }
  }
  for (const module of modules) {
    for (const word of module.words) {
      if (!names.has(word)) continue;
      const at = module.text.search(new RegExp(`["']${word.replaceAll("$", "\\$")}["']`));
      add(word, { file: module.file, line: lineAt(module, Math.max(0, at)), kind: "string" });
    }
  }
  return found;
}
