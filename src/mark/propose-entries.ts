import type { KnipProposal } from "../core/knip-entries.ts";
import { lacksRoots, type Alarm, type Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import { findMissingEntries } from "./missing-entries.ts";
import type { Reach } from "./reach.ts";
import type { KnipFindings } from "./request.ts";
import { folderOf } from "./paths.ts";
import type { Package } from "./units.ts";

/** What a proposal is made from. */
type Facts = {
  readonly graph: Graph;
  readonly roots: readonly Root[];
  readonly live: Reach;
  readonly alarms: readonly Alarm[];
  readonly knip: KnipFindings;
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly files: readonly RepoPath[];
  /** The text of the top package.json. */
  readonly manifestText: string | undefined;
};

/**
 * What the configuration of knip lacks for knip to see what the mark sees; null when it lacks nothing, or when there is no
 * file to write it into: a configuration that is code, or a repository without a package at the top.
 */
export function proposeEntries(facts: Facts): KnipProposal | null {
  const file = configFileOf(facts);
  if (file === null) return null;
  const { graph, live, roots, knip, packages } = facts;
  const rootFiles = new Set(roots.map((root) => root.file));
  const everything = lacksRoots(facts.alarms);
  const covered = knip.covered ?? [{ root: "", workspaces: [...packages.keys()] }];
  const workspaces = new Set(covered.flatMap(({ root, workspaces: inRoot }) => [root, ...inRoot]));
  const workspaceOf = (path: RepoPath): RepoPath => {
    for (let folder = folderOf(path); ; folder = folderOf(folder))
      if (folder === "" || workspaces.has(folder)) return folder;
  };
  const entries = findMissingEntries({
    graph,
    roots,
    entries: new Set(knip.entries.map((entry) => entry.file)),
    isAlive: (index) =>
      everything ||
      live.reached[graph.nodesOf[index]?.load ?? -1] === 1 ||
      rootFiles.has(graph.modules[index]?.file ?? ""),
    workspaceOf,
  });
  const apart = covered.map(({ root }) => root).filter((root) => root !== "");
  if (entries.length === 0) return null;
  return { file, workspaces: apart, entries: [...entries, ...defaultsBeside(entries, knip, workspaceOf)] };
}

/** Entries that knip takes by default it takes no more where a configuration names some. */
function defaultsBeside(
  entries: KnipProposal["entries"],
  knip: KnipFindings,
  workspaceOf: (file: RepoPath) => RepoPath,
): KnipProposal["entries"] {
  const configured = new Set(entries.map(({ workspace }) => workspace));
  return knip.entries.flatMap(({ file, guessed }) => {
    const workspace = workspaceOf(file);
    const local = file.slice(workspace === "" ? 0 : workspace.length + 1);
    const isDefault = guessed === true && /^(src\/)?(index|cli|main)\.[cm]?[jt]sx?$/.test(local);
    if (!isDefault || !configured.has(workspace)) return [];
    return [{ workspace, pattern: `${local}!`, because: "knip takes it by default, but not beside others", files: 1 }];
  });
}

function configFileOf({ files, packages, manifestText }: Facts): RepoPath | null {
  if (!packages.has("")) return null;
  const tracked = new Set(files);
  const own = ["knip.json", "knip.jsonc", ".knip.json", ".knip.jsonc"].find((file) => tracked.has(file));
  if (own !== undefined) return own;
  if (files.some((file) => /^knip(\.config)?\.[jt]s$/.test(file))) return null;
  return /^ {0,4}\t?"knip"\s*:/m.test(manifestText ?? "") ? "package.json" : "knip.jsonc";
}
