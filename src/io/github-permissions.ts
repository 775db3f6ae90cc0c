/** What nightsweep asks for of a repository on GitHub: the level for looking, the level for publishing, and what for. */
export const gitHubPermissions = {
  metadata: { read: "read", write: "read", must: true, for: "to find the repository" },
  contents: { read: "read", write: "write", must: true, for: "to clone it and to push branches" },
  pull_requests: { read: "read", write: "write", must: true, for: "to open and look after pull requests" },
  checks: { read: "read", write: "read", must: true, for: "to see whether its CI is green" },
  statuses: { read: "read", write: "read", must: true, for: "to see whether its CI is green" },
  issues: { read: "read", write: "write", must: false, for: "to keep the dashboard issue" },
} as const satisfies Record<string, PermissionNeed>;

type Level = "read" | "write";
type PermissionNeed = { readonly read: Level; readonly write: Level; readonly must: boolean; readonly for: string };

/** A permission that is needed and was not given. */
export type MissingPermission = {
  readonly name: string;
  readonly level: Level;
  readonly must: boolean;
  readonly for: string;
};

/** Finds what an installation was not granted. */
export function missingPermissions(granted: Readonly<Record<string, string>>): readonly MissingPermission[] {
  return Object.entries(gitHubPermissions).flatMap(([name, { write: level, must, for: purpose }]) =>
    name === "metadata" || covers(granted[name], level) ? [] : [{ name, level, must, for: purpose }],
  );
}

/** The permissions of a token for one purpose: the least that do, of what was granted. */
export function leastPermissions(purpose: Level, granted: Readonly<Record<string, string>>): Record<string, Level> {
  return Object.fromEntries(
    Object.entries(gitHubPermissions).flatMap(([name, need]) =>
      name === "metadata" || covers(granted[name], need[purpose]) ? [[name, need[purpose]]] : [],
    ),
  );
}

function covers(granted: string | undefined, level: Level): boolean {
  return granted === "write" || granted === "admin" || granted === level;
}
