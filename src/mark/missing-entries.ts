import type { KnipEntryPattern } from "../core/knip-entries.ts";
import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import { folderOf, isAsidePath, isTestPath } from "./paths.ts";

/** What is known of the entries. */
type Known = {
  readonly graph: Graph;
  /** Files that knip takes for entries. */
  readonly entries: ReadonlySet<RepoPath>;
  readonly roots: readonly Root[];
  /** Whether a module is alive, or has to be taken for it. */
  readonly isAlive: (module: number) => boolean;
  /** The folder of the package that knip counts a file to. */
  readonly workspaceOf: (file: RepoPath) => RepoPath;
};

/** As many files of a folder are named by one pattern. */
const fewestInPattern = 4;

/**
 * The entries that knip does not know: live files to which no import leads from its entries, without those that another
 * one of them imports. Files of a folder of which all are alike are named by one pattern.
 */
export function findMissingEntries(known: Known): readonly KnipEntryPattern[] {
  const { graph, entries, roots, isAlive } = known;
  const imports = graph.modules.map((_, index) => importsOf(graph, index));
  const reached = new Set<number>();
  spread(
    [...entries].flatMap((file) => graph.indexOf.get(file) ?? []),
    imports,
    reached,
  );
  const missing = graph.modules.flatMap(({ declarationFile }, index) =>
    !declarationFile && !reached.has(index) && isAlive(index) ? [index] : [],
  );
  const used = new Set(missing.flatMap((index) => imports[index]?.filter((target) => target !== index) ?? []));
  const tops: number[] = [];
  // What is left over after the first is in a circle of imports: its first file stands for all.
  for (const index of [...missing.filter((one) => !used.has(one)), ...missing]) {
    if (reached.has(index)) continue;
    tops.push(index);
    spread([index], imports, reached);
  }
  const reasons = new Map(roots.map((root) => [root.file, root]));
  const isMissing = new Set(missing);
  const found = tops.map((index): Top => {
    const file = graph.modules[index]?.file ?? "";
    const root = reasons.get(file);
    return {
      file,
      workspace: known.workspaceOf(file),
      production: root?.purpose === "production" || (!isHelping(file) && !/^named in/.test(root?.reason ?? "")),
      because: root?.reason ?? "named by a string in the code",
    };
  });
  const files = graph.modules.flatMap(({ file, declarationFile }, index) =>
    declarationFile ? [] : [{ file, isMissing: isMissing.has(index) }],
  );
  return [...Map.groupBy(found, ({ workspace }) => workspace)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, inWorkspace]) => fold(inWorkspace, files));
}

type Top = {
  readonly file: RepoPath;
  readonly workspace: RepoPath;
  readonly production: boolean;
  readonly because: string;
};

/** What its place says is there for development only. */
function isHelping(file: RepoPath): boolean {
  return isTestPath(file) || isAsidePath(file);
}

function importsOf({ modules, exportIndex }: Graph, index: number): readonly number[] {
  const module = modules[index];
  if (module === undefined) return [];
  const dynamic = module.references.filter(({ kind }) => /^(dynamic-import|require|import-type)$/.test(kind));
  const specifiers = new Set([
    ...module.statements.map(({ specifier }) => specifier),
    ...dynamic.map(({ text }) => text),
  ]);
  return [...specifiers].flatMap((specifier) => exportIndex.targets(index, specifier));
}

function spread(from: readonly number[], imports: readonly (readonly number[])[], reached: Set<number>): void {
  const pending = [...from];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    pending.push(...(imports[index] ?? []));
  }
}

/**
 * Names whole folders by a pattern where that takes in nothing but files that are missing too, and mostly such that
 * nothing imports; the rest one by one.
 */
function fold(
  tops: readonly Top[],
  files: readonly { readonly file: RepoPath; readonly isMissing: boolean }[],
): readonly KnipEntryPattern[] {
  const patterns: KnipEntryPattern[] = [];
  let left = tops;
  const workspace = tops[0]?.workspace ?? "";
  const folders = [...new Set(tops.flatMap(({ file }) => foldersAbove(folderOf(file), workspace)))];
  // Outer folders first: one pattern for all of a folder is better than one for each in it.
  for (const folder of folders.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    for (const kind of fileKinds) {
      const isOfKind = (file: RepoPath) => file.startsWith(`${folder}/`) && kind.pattern.test(file);
      const inside = left.filter(({ file }) => isOfKind(file));
      const taken = files.filter(({ file }) => isOfKind(file));
      if (inside.length < Math.max(fewestInPattern, taken.length / 2) || !taken.every((one) => one.isMissing)) continue;
      const local = folder.slice(workspace === "" ? 0 : workspace.length + 1);
      patterns.push({
        workspace,
        pattern: `${local}/**/*${kind.glob}${inside.every(({ production }) => production) ? "!" : ""}`,
        because: mostFrequent(inside.map(({ because }) => because)),
        files: inside.length,
      });
      left = left.filter((top) => !inside.includes(top));
    }
  }
  return [...patterns, ...left.map(toPattern)].toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

const fileKinds = [
  { pattern: /[._-](test|spec)\.[cm]?[jt]sx?$/, glob: "{.,_,-}{test,spec}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}" },
  { pattern: /\.[cm]?[jt]sx?$/, glob: ".{js,mjs,cjs,jsx,ts,mts,cts,tsx}" },
];

function foldersAbove(folder: RepoPath, workspace: RepoPath): readonly RepoPath[] {
  return folder === workspace || folder === "" ? [] : [folder, ...foldersAbove(folderOf(folder), workspace)];
}

function toPattern({ file, workspace, production, because }: Top): KnipEntryPattern {
  const local = file.slice(workspace === "" ? 0 : workspace.length + 1);
  // A bracket or a brace in a name is no glob.
  const pattern = local.replace(/[[\]{}()*?!+@]/g, "\\$&");
  return { workspace, pattern: `${pattern}${production ? "!" : ""}`, because, files: 1 };
}

function mostFrequent(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].toSorted(([, one], [, other]) => other.length - one.length);
  const word = counts[0]?.[0] ?? "";
  return counts.length > 1 ? `${word}, and the like` : word;
}
