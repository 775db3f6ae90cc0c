import type { RepoPath } from "../core/names.ts";

/** Finds files by the end of their path: `@/lib/price` may be `anything/lib/price.ts`. */
export function indexBySuffix(files: ReadonlySet<RepoPath>): (specifier: string) => readonly RepoPath[] {
  let index: Map<string, RepoPath[]> | undefined;
  return (specifier) => {
    const tail = specifier.replace(/^[@~#$]?[\w-]*\//, "").replace(/^\/+/, "");
    if (tail === "" || !/^[@~#$]/.test(specifier)) return [];
    index ??= buildSuffixIndex(files);
    const base = tail.replace(/\.[cm]?[jt]sx?$/, "");
    const last = base.split("/").pop() ?? base;
    return (index.get(last) ?? []).filter((file) => {
      const bare = file.replace(/\.[^/]+$/, "");
      return `/${bare}`.endsWith(`/${base}`) || `/${bare}`.endsWith(`/${base}/index`);
    });
  };
}

function buildSuffixIndex(files: ReadonlySet<RepoPath>): Map<string, RepoPath[]> {
  const index = new Map<string, RepoPath[]>();
  for (const file of files) {
    const bare = file.replace(/\.[^/]+$/, "").split("/");
    for (const key of new Set([bare.at(-1) ?? "", bare.at(-1) === "index" ? (bare.at(-2) ?? "") : ""])) {
      if (key !== "") index.set(key, [...(index.get(key) ?? []), file]);
    }
  }
  return index;
}
