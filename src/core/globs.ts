import picomatch from "picomatch";

/** Compiles globs into one test on repository paths; a leading `!` takes paths out again. Bad globs throw a TypeError. */
export function compileGlobs(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  return picomatch(wanted, { dot: true, ignore: unwanted });
}
