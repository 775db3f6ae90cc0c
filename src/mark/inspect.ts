import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import { lineAt, type Module } from "./module.ts";
import { isSourceFile } from "./paths.ts";
import { readModule } from "./read-module.ts";
import { findStrayNames } from "./stray-names.ts";

/** What is wrong with a tree that was swept: a file that does not parse any more, or names what is gone. */
export type Flaw = { readonly file: RepoPath; readonly line: number; readonly text: string };

/** Reads a change and looks for what it breaks; what was broken before is no flaw. */
export type Inspect = (changes: readonly FileChange[]) => readonly Flaw[];

/** Modules as they are after a change, by their number; undefined for one that is gone. */
type View = (index: number) => Module | undefined;

/**
 * Prepares the check that every sweep has to pass before anything else runs: each changed module is parsed again, names
 * that it lost must not stand in it any more, and everything that imports from it must still find what it asks for.
 */
export function createInspector(graph: Graph): Inspect {
  const importers = findImporters(graph);
  const memory = new Map<RepoPath, { readonly text: string; readonly read: ReturnType<typeof readModule> }>();
  const read = (file: RepoPath, text: string) => {
    const known = memory.get(file);
    if (known?.text === text) return known.read;
    const fresh = readModule(file, text);
    memory.set(file, { text, read: fresh });
    return fresh;
  };
  return (changes) => {
    const swept = new Map<number, Module | undefined>();
    const flaws: Flaw[] = [];
    for (const change of changes) {
      const index = graph.indexOf.get(change.file);
      const before = index === undefined ? undefined : graph.modules[index];
      if (index === undefined || before === undefined || !isSourceFile(change.file)) continue;
      const after = change.kind === "delete" ? undefined : read(change.file, change.text);
      if (after !== undefined && "unparsed" in after) {
        flaws.push({ file: change.file, line: 1, text: `it would not parse any more: ${after.unparsed}` });
        continue;
      }
      swept.set(index, after);
      if (after !== undefined) flaws.push(...lostNames(before, after));
    }
    const view: View = (index) => (swept.has(index) ? swept.get(index) : graph.modules[index]);
    const asking = new Set([...swept.keys(), ...askersOf(swept, graph, importers)]);
    return [...flaws, ...[...asking].flatMap((index) => danglingIn(index, view, graph))];
  };
}

/** Names that a module bound before and does not any more, but still uses or exports. */
function lostNames(before: Module, after: Module): readonly Flaw[] {
  const bound = boundIn(after);
  const lost = new Set([...boundIn(before)].filter((name) => !bound.has(name)));
  if (lost.size === 0) return [];
  const exported = after.exports.flatMap(({ source }) =>
    source.kind === "local" && lost.has(source.local) ? [{ name: source.local, at: 0 }] : [],
  );
  return [...findStrayNames(after.file, after.text, lost), ...exported].map(({ name, at }) => ({
    file: after.file,
    line: lineAt(after, at),
    text: `${name} would be gone, but is still used there`,
  }));
}

function boundIn({ declarations, imports }: Module): ReadonlySet<string> {
  return new Set([...declarations.flatMap(({ names }) => names), ...imports.map(({ local }) => local)]);
}

/** For each module the ones that import from it. */
function findImporters({ modules, exportIndex }: Graph): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, Set<number>>();
  for (const [index, module] of modules.entries()) {
    const specifiers = new Set([...module.statements, ...module.stars].map(({ specifier }) => specifier));
    for (const { kind, text } of module.references) if (isNamed(kind)) specifiers.add(text);
    for (const specifier of specifiers)
      for (const target of exportIndex.targets(index, specifier))
        found.set(target, (found.get(target) ?? new Set<number>()).add(index));
  }
  return new Map([...found].map(([target, from]) => [target, [...from]]));
}

function isNamed(kind: Module["references"][number]["kind"]): boolean {
  return kind === "dynamic-import" || kind === "require" || kind === "import-type";
}

/** Who may miss something: the importers of modules that offer less than before, through re-exports too. */
function askersOf(
  swept: ReadonlyMap<number, Module | undefined>,
  { modules }: Graph,
  importers: ReadonlyMap<number, readonly number[]>,
): ReadonlySet<number> {
  const asking = new Set<number>();
  const pending = [...swept].flatMap(([index, after]) => (offersLess(modules[index], after) ? [index] : []));
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    for (const importer of importers.get(index) ?? []) {
      if (asking.has(importer)) continue;
      asking.add(importer);
      const passesOn =
        (modules[importer]?.stars.length ?? 0) > 0 ||
        modules[importer]?.exports.some(({ source }) => source.kind === "from") === true;
      if (passesOn) pending.push(importer);
    }
  }
  return asking;
}

function offersLess(before: Module | undefined, after: Module | undefined): boolean {
  if (before === undefined) return false;
  if (after === undefined) return true;
  const names = new Set(after.exports.map(({ name }) => name));
  return before.exports.some(({ name }) => !names.has(name)) || after.stars.length < before.stars.length;
}

/** What a module asks of others that they would not offer any more. */
function danglingIn(index: number, view: View, graph: Graph): readonly Flaw[] {
  const module = view(index);
  if (module === undefined) return [];
  const targets = (specifier: string) => graph.exportIndex.targets(index, specifier);
  const isGone = (specifier: string) =>
    targets(specifier).length > 0 && targets(specifier).every((target) => view(target) === undefined);
  const isMissing = (specifier: string, name: string) =>
    !isGone(specifier) &&
    targets(specifier).some((target) => offers(target, name, { graph, view: (at) => graph.modules[at] })) &&
    !targets(specifier).some((target) => offers(target, name, { graph, view }));
  const flaw = (at: number, text: string): Flaw => ({ file: module.file, line: lineAt(module, at), text });
  const files = [
    ...module.statements.map(({ specifier, span }) => ({ specifier, at: span.start })),
    ...module.references.flatMap(({ kind, text, at }) => (isNamed(kind) ? [{ specifier: text, at }] : [])),
  ];
  const names = [
    ...module.imports.flatMap(({ specifier, imported, span, local }) =>
      imported === "*"
        ? module.uses.flatMap(({ name, member, at }) =>
            name === local && member !== undefined ? [{ specifier, name: member, at }] : [],
          )
        : [{ specifier, name: imported, at: span.start }],
    ),
    ...module.exports.flatMap(({ source, site }) =>
      source.kind === "from" && source.imported !== "*"
        ? [{ specifier: source.specifier, name: source.imported, at: site?.span.start ?? 0 }]
        : [],
    ),
    ...module.references.flatMap(({ kind, text, at, members = [] }) =>
      isNamed(kind) ? members.map((name) => ({ specifier: text, name, at })) : [],
    ),
  ];
  return [
    ...files.flatMap(({ specifier, at }) =>
      isGone(specifier) ? [flaw(at, `"${specifier}" would be gone, but is still loaded there`)] : [],
    ),
    ...names.flatMap(({ specifier, name, at }) =>
      isMissing(specifier, name) ? [flaw(at, `"${specifier}" would not export ${name} any more`)] : [],
    ),
  ];
}

/** Whether a module offers a name, itself or through export *; what cannot be known is taken to offer everything. */
function offers(
  index: number,
  name: string,
  { graph, view, seen = new Set() }: { readonly graph: Graph; readonly view: View; readonly seen?: Set<number> },
): boolean {
  const module = view(index);
  if (module === undefined || seen.has(index)) return false;
  seen.add(index);
  // An emptied module looks like a script; what it was before says what can be known of it.
  const isOpen = module.commonJs || graph.modules[index]?.script === true;
  if (isOpen || module.exports.some((entry) => entry.name === name)) return true;
  if (name === "default") return false;
  return module.stars.some(({ specifier }) => {
    const targets = graph.exportIndex.targets(index, specifier);
    return targets.length === 0 || targets.some((target) => offers(target, name, { graph, view, seen }));
  });
}
