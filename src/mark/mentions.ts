import type { RepoPath } from "../core/names.ts";
import { escapePattern } from "../core/patterns.ts";
import type { ForeignWords } from "./member-candidates.ts";
import { lineAt, type Module } from "./module.ts";
import { withoutOverrides } from "./package-lists.ts";
import { createTokenReader, holdsCode, isTemplate } from "./path-tokens.ts";
import { isSourceFile, folderOf, joinPath } from "./paths.ts";
import type { Resolver } from "./resolve.ts";

/** A file that is not parsed: its words and paths are read instead. */
export type TextFile = { readonly file: RepoPath; readonly text: string };

/** A source file named in a text, with the text that names it. */
export type FileMention = { readonly file: RepoPath; readonly by: RepoPath };

/** Texts worth reading for mentions of files and names; lock files and change logs mention everything and mean nothing. */
export function isMentionText(file: RepoPath): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (/^(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(name)) return false;
  const isLog = /changelog|history|release|license/i.test(name) && /(\.(md|txt)|^[^.]+)$/.test(name);
  if (isLog || /(^|\/)\.(changeset|git|yarn|nx|husky\/_)\//.test(file)) return false;
  if (isSourceFile(file)) return false;
  return (
    isTemplate(file) ||
    /\.(json[5c]?|ya?ml|toml|md|sh|bash|ps1|bat|env|ini|cfg|conf|xml|graphql|gql|prisma|proto|thrift|feature|mustache|twig|erb|tpl|tf|hcl|gradle|rb|py|go|rs|java|kt|swift|cs|dockerfile|containerfile)$/i.test(
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
  modules: ReadonlyMap<RepoPath, unknown>,
): readonly FileMention[] {
  const readTokens = createTokenReader(modules.keys());
  return texts.flatMap(({ file, text }) => {
    const found = [...readTokens(file, text)].flatMap((token) => findTargets(file, token, resolver));
    const targets = new Set(found.filter((target) => modules.has(target)));
    return [...targets].map((target) => ({ file: target, by: file }));
  });
}

/** What stands before a path in a shell or a template, `$ROOT/src/a.ts`, may only look like a folder. */
function findTargets(file: RepoPath, token: string, resolver: Resolver): readonly RepoPath[] {
  const targets = targetsOf(file, token, resolver);
  const slash = token.indexOf("/");
  return targets.length > 0 || slash === -1 ? targets : targetsOf(file, token.slice(slash + 1), resolver);
}

function targetsOf(file: RepoPath, token: string, resolver: Resolver): readonly RepoPath[] {
  const folder = folderOf(file);
  const isSpecifier = holdsCode(file) || file.endsWith(".md") || token.startsWith(".");
  const resolution = isSpecifier ? resolver.resolve(file, token) : undefined;
  const resolved = resolution?.kind === "files" ? resolution.files : [];
  const bare = token.replace(/^\.?\//, "");
  return [
    ...resolved,
    ...resolver.fileAt(joinPath(folder, bare)),
    ...resolver.fileAt(joinPath("", bare)),
    ...resolver.sourceOf(folder, bare),
  ];
}

/** Source files that the configuration of a bundler names by their path: what it bundles runs in production. */
export function findBundled(modules: readonly Module[], resolver: Resolver): readonly FileMention[] {
  const config =
    /(^|\/)(webpack|vite|rollup|esbuild|rspack|rsbuild|rolldown|tsup|tsdown|unbuild|build|electron[.-]vite)(\.[\w-]+)*\.(config\.)?[cm]?[jt]s$/;
  return modules.flatMap(({ file, references }) => {
    if (!config.test(file) || !/config|esbuild|build/.test(file)) return [];
    const paths = references.filter(({ kind, text }) => kind === "string" && /\.[cm]?[jt]sx?$/.test(text));
    return paths.flatMap(({ text }) => targetsOf(file, text, resolver).map((target) => ({ file: target, by: file })));
  });
}

/**
 * Whether settings name a package, so that a tool may load it: a whole quoted text, with or without a path behind it.
 * Dependency lists, aliases of the compiler and the settings of what runs tasks in packages only list it.
 */
export function isNamedInTexts(name: string, texts: readonly TextFile[]): boolean {
  const pattern = new RegExp(`["'\`]${escapePattern(name)}(/[^"'\`\\s]*)?["'\`]`);
  return texts.some(({ file, text }) => {
    if (!text.includes(name) || isTemplate(file) || !/\.(json[5c]?|ya?ml|toml)$|(^|\/)\.\w+rc$/.test(file))
      return false;
    if (/(^|\/)(lerna|nx|turbo|rush|renovate|project|knip)\.json[5c]?$|(^|\/)\.github\//.test(file)) return false;
    return pattern.test(withoutOverrides(file, text));
  });
}

/** Every word of the texts; prose (Markdown) and the lists of packages mean nothing. */
export function collectWords(texts: readonly TextFile[]): ForeignWords {
  const inData = new Set<string>();
  const inCode = new Set<string>();
  for (const { file, text } of texts) {
    if (isProse(file)) continue;
    const words = holdsCode(file) ? inCode : inData;
    // Splitting takes two thirds of the time of matching, and the texts may be larger than the sources.
    for (const word of text.split(/[^\w$]+/)) words.add(word);
  }
  return { inData, inCode };
}

function isProse(file: RepoPath): boolean {
  return file.endsWith(".md") || /(^|\/)(package|tsconfig[\w.-]*)\.json$/.test(file);
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
    if (isProse(file)) continue;
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
