import type { RepoPath } from "../core/names.ts";

const extensions = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".d.ts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".json",
  ".vue",
  ".svelte",
  ".astro",
  ".mdx",
];
const outputs: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".jsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};
/** `price.web.ts` stands beside `price.ts` or in its place. */
const platformFile = /^(.*)\.(web|native|ios|android|server|client|browser|node)\.[jt]sx?$/;

/**
 * Makes the look-up of a path without or with an extension, as Node and the bundlers do it: the file itself, the source
 * of a built file, the file with an extension, its variants for platforms, and the index of a folder.
 */
export function indexFiles(files: ReadonlySet<RepoPath>): (path: RepoPath) => readonly RepoPath[] {
  const byBase = new Map<RepoPath, RepoPath[]>();
  const byPlatform = new Map<RepoPath, RepoPath[]>();
  for (const file of files) {
    for (const ending of extensions) if (file.endsWith(ending)) push(byBase, file.slice(0, -ending.length), file);
    const platform = platformFile.exec(file)?.[1];
    if (platform !== undefined) push(byPlatform, platform, file);
  }
  return (path) => {
    const built = builtSources(path).filter((source) => files.has(source));
    const exact = files.has(path) ? [path, ...built] : built;
    const direct = exact.length > 0 ? exact : (byBase.get(path) ?? []);
    const found = [...new Set([...direct, ...(byPlatform.get(path) ?? [])])];
    return found.length > 0 ? found : (byBase.get(path === "" ? "index" : `${path}/index`) ?? []);
  };
}

function push(index: Map<RepoPath, RepoPath[]>, key: RepoPath, file: RepoPath): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [file]);
  else known.push(file);
}

/** TypeScript names a source by the extension of what it will be: `./price.js` is `price.ts`. */
function builtSources(path: RepoPath): readonly RepoPath[] {
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (extension === undefined) return [];
  return (outputs[extension] ?? []).map((source) => path.slice(0, -extension.length) + source);
}
