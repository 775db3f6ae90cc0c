import { isAbsolute, relative, sep } from "node:path";
import { compileGlobs } from "../core/globs.ts";

/** An entry file or pattern that a plugin, a script or the configuration of knip names; paths are absolute. */
export type KnipInput = {
  readonly pattern: string;
  readonly production: boolean;
  /** The file that says so, relative to the package root; empty when only the plugin knows it. */
  readonly from: string;
  /** The workspace that the pattern is relative to. */
  readonly directory: string;
};

/** Turns the entry files of a package root into entries with a purpose and a reason. */
export function describeEntries(
  paths: readonly string[],
  inputs: readonly KnipInput[],
  toRootPath: (path: string) => string,
): readonly object[] {
  const distinct = new Map(inputs.map((input) => [JSON.stringify(input), input]));
  const matchers = [...distinct.values()].map((input) => ({ input, matches: matcherOf(input) }));
  return paths.map((path) => {
    const sources = matchers.filter(({ matches }) => matches(path)).map(({ input }) => input);
    const source = sources.find((input) => input.production) ?? sources[0];
    const file = toRootPath(path);
    if (source === undefined)
      return { file, production: true, guessed: true, reason: "package.json or knip's entry patterns" };
    const place = source.from === "" ? toRootPath(source.pattern) : source.from;
    const pattern = isAbsolute(source.pattern) ? toRootPath(source.pattern) : source.pattern;
    const named = source.pattern === path ? "" : `${pattern} `;
    return { file, production: source.production, reason: `knip: ${named}(${place})` };
  });
}

function matcherOf(input: KnipInput): (path: string) => boolean {
  if (input.pattern.startsWith("!")) return () => false;
  const pattern = input.pattern.replace(/!$/, "");
  // Some plugins name a file or a glob by its absolute path; a name like [slug].ts is a file and no glob.
  const local = isAbsolute(pattern) ? relative(input.directory, pattern) : pattern.replace(/^\.\//, "");
  const isGlob = /[*?[\]{}()!+@]/.test(local);
  const matches = isGlob ? compileGlobs([local.replaceAll(sep, "/")]) : (path: string) => path === local;
  return (path) =>
    path === pattern ||
    (path.startsWith(input.directory + sep) && matches(relative(input.directory, path).replaceAll(sep, "/")));
}
