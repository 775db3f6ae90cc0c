import { compileGlobs } from "../core/globs.ts";
import type { KnipIgnores, NamePattern } from "../core/knip-ignores.ts";
import type { RepoPath } from "../core/names.ts";
import { escapePattern } from "../core/patterns.ts";
import type { Declaration, Module } from "./module.ts";
import { joinPath } from "./paths.ts";

/** Asks why the configuration of knip wants something to stay; undefined when it does not. */
export type KnipKeeps = {
  readonly file: (file: RepoPath) => string | undefined;
  readonly load: (file: RepoPath) => string | undefined;
  readonly member: (file: RepoPath, name: string) => string | undefined;
  readonly declaration: (module: Module, declaration: Declaration) => string | undefined;
  readonly usedInFile: (file: RepoPath) => string | undefined;
  readonly dependency: (manifest: RepoPath, name: string, binaries: readonly string[]) => string | undefined;
};

/** What knip is told not to report stays: its owner has looked at it already. */
export function readIgnores({ packages, onlyTags, neverTags }: KnipIgnores): KnipKeeps {
  const rules = packages.map((one) => ({
    ...one,
    isFile: globsBelow(one.directory, one.files),
    isLoad: globsBelow(one.directory, one.loads),
    isMember: namesLike(one.members),
    isDependency: namesLike(one.dependencies),
    isBinary: namesLike(one.binaries),
    isBelow: (file: RepoPath) => one.directory === "" || file.startsWith(`${one.directory}/`),
  }));
  const ask = (setting: string, isMeant: (rule: (typeof rules)[number]) => boolean) =>
    rules.some(isMeant) ? `${setting} in the configuration of knip` : undefined;
  return {
    file: (file) => ask("ignore", ({ isFile }) => isFile(file)),
    load: (file) => ask("ignoreFiles", ({ isLoad }) => isLoad(file)),
    member: (file, name) => ask("ignoreMembers", ({ isBelow, isMember }) => isBelow(file) && isMember(name)),
    usedInFile: (file) => ask("ignoreExportsUsedInFile", ({ isBelow, usedInFile }) => usedInFile && isBelow(file)),
    dependency: (manifest, name, binaries) =>
      ask("ignoreDependencies", ({ isBelow, isDependency }) => isBelow(manifest) && isDependency(name)) ??
      ask("ignoreBinaries", ({ isBelow, isBinary }) => isBelow(manifest) && binaries.some(isBinary)),
    declaration: (module, { parts }) => {
      if (onlyTags.length === 0 && neverTags.length === 0) return undefined;
      const tags = new Set(parts.flatMap(({ span }) => tagsAbove(module.text, span.start)));
      const never = neverTags.find((tag) => tags.has(tag));
      if (never !== undefined) return `tags in the configuration of knip, which leaves ${never} out`;
      if (onlyTags.length === 0 || onlyTags.some((tag) => tags.has(tag))) return undefined;
      return `tags in the configuration of knip, which takes ${onlyTags.join(" ")} only`;
    },
  };
}

function globsBelow(directory: RepoPath, globs: readonly string[]): (file: RepoPath) => boolean {
  if (!globs.some((glob) => !glob.startsWith("!"))) return () => false;
  const place = (glob: string): string => joinPath(directory, glob) ?? glob;
  return compileGlobs(globs.map((glob) => (glob.startsWith("!") ? `!${place(glob.slice(1))}` : place(glob))));
}

/**
 * The expressions are the repository's, which may be written to never come to an end: one that could is taken to mean
 * every name, which keeps all.
 */
function namesLike(patterns: readonly NamePattern[]): (name: string) => boolean {
  const expressions = patterns.map(({ kind, text }) => {
    if (kind === "name") return new RegExp(`^${escapePattern(text)}$`);
    return isTame(text) ? new RegExp(text) : /^/;
  });
  return (name) => expressions.some((expression) => expression.test(name.slice(0, mostCharacters)));
}

const mostCharacters = 200;

function isTame(source: string): boolean {
  const isSimple = /^[\w$^.*+?|()/@\\[\]-]*$/.test(source) && !/\)[*+?{]|\\\d|\(\?/.test(source);
  if (!isSimple || (source.match(/[*+?]/g) ?? []).length > 3) return false;
  try {
    return new RegExp(source).source.length > 0;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The tags of the documentation that stands directly above a place. */
export function tagsAbove(text: string, at: number): readonly string[] {
  const [comment = ""] = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(text.slice(Math.max(0, at - mostComment), at)) ?? [];
  return [...comment.matchAll(/^[\s/*]*(@[A-Za-z]+)\b/gm)].flatMap(([, tag]) => tag ?? []);
}

/** A documentation comment that is longer than this is not looked through. */
const mostComment = 4_000;
