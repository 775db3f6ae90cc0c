import type { RepoPath } from "../core/names.ts";

/**
 * Blanks what names packages without using them, every position as before: the lists of dependencies and what is said of
 * their versions, the paths of a compiler's settings, the versions and permissions of a pnpm workspace.
 */
export function withoutLists(file: RepoPath, text: string): string {
  const [, pattern] = lists.find(([files]) => files.test(file)) ?? [];
  return pattern === undefined ? text : text.replace(pattern, (part) => part.replace(/[^\n]/g, " "));
}

/** Blanks the versions that a manifest wants of what others depend on, too: for a package of the repository no use. */
export function withoutOverrides(file: RepoPath, text: string): string {
  const rest = withoutLists(file, text);
  return /(^|\/)package\.json$/.test(file)
    ? rest.replace(/"(resolutions|overrides)"\s*:\s*\{([^{}]|\{[^}]*\})*\}/g, "")
    : rest;
}

const lists: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(^|\/)package\.json$/,
    /"(name|(dev|peer|optional)?[dD]ependencies|peerDependenciesMeta)"\s*:\s*("[^"]*"|\{([^{}]|\{[^}]*\})*\})/g,
  ],
  [/(^|\/)[tj]sconfig[\w.-]*\.json$/, /"(paths|references)"\s*:\s*[{[][^}\]]*(\][^}\]]*)*[}\]]/g],
  [
    /(^|\/)pnpm-workspace\.yaml$/,
    /^(catalogs?|minimumReleaseAgeExclude|(only|ignored|never)BuiltDependencies|allowBuilds):.*\n([ \t]+.*\n|\n)*/gm,
  ],
];
