import type { RepoPath } from "../core/names.ts";
import { isSourceFile, isTestPath } from "./paths.ts";

/** The source files that a subpath pattern of a manifest offers; its `*` stands for folders too. Tests are not meant. */
export function findSourcesLike(files: ReadonlySet<RepoPath>, pattern: RepoPath | null): readonly RepoPath[] {
  const [before = "", ...after] = (pattern ?? "").replace(/(\.d)?\.[cm]?[jt]sx?$/, "").split("*");
  const end = after.join("*");
  return [...files].filter((file) => {
    if (!isSourceFile(file) || isTestPath(file) || !file.startsWith(before)) return false;
    const bare = file.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
    return bare.length >= before.length + end.length && bare.endsWith(end);
  });
}
