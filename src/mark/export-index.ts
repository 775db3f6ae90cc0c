import type { RepoPath } from "../core/names.ts";
import type { ModuleNodes } from "./graph-nodes.ts";
import type { ExportEntry, Module } from "./module.ts";
import type { Resolver } from "./resolve.ts";

/** Finds what a name means in another module. */
export type ExportIndex = {
  /** Nodes that importing `name` from a module reaches; the whole module when the name cannot be found. */
  readonly find: (module: number, name: string) => readonly number[];
  /** Modules that a specifier of a module leads to. */
  readonly targets: (module: number, specifier: string) => readonly number[];
  /** What an export entry stands for: a declaration's index in the same module, or nodes elsewhere. */
  readonly follow: (module: number, entry: ExportEntry) => readonly number[];
};

type Input = {
  readonly modules: readonly Module[];
  readonly indexOf: ReadonlyMap<RepoPath, number>;
  readonly nodesOf: readonly ModuleNodes[];
  readonly resolver: Resolver;
};

export function createExportIndex({ modules, indexOf, nodesOf, resolver }: Input): ExportIndex {
  const byName = modules.map((module) => new Map(module.exports.map((entry, index) => [entry.name, index])));
  const declared = modules.map(
    (module) =>
      new Map(
        module.declarations.flatMap((declaration, index) => declaration.names.map((name) => [name, index] as const)),
      ),
  );
  const imported = modules.map((module) => new Map(module.imports.map((binding) => [binding.local, binding])));

  const targets = remember((module: number, specifier: string): readonly number[] => {
    const resolution = resolver.resolve(modules[module]?.file ?? "", specifier);
    if (resolution.kind !== "files") return [];
    return resolution.files.map((file) => indexOf.get(file)).filter((index) => index !== undefined);
  });

  const search = (module: number, name: string, seen: Set<number>): readonly number[] => {
    if (seen.has(module)) return [];
    seen.add(module);
    const own = byName[module]?.get(name);
    const nodes = nodesOf[module];
    if (own !== undefined) return [nodes?.exports[own] ?? -1];
    if (name === "default") return [];
    const found = (modules[module]?.stars ?? []).flatMap((star) =>
      targets(module, star.specifier).flatMap((target) => search(target, name, seen)),
    );
    // A barrel on the way stays in place.
    return found.length === 0 ? [] : [...found, nodes?.load ?? -1];
  };

  const find = remember((module: number, name: string): readonly number[] => {
    if (name === "*") return [nodesOf[module]?.all ?? -1];
    const found = search(module, name, new Set());
    return found.length > 0 ? found : [nodesOf[module]?.all ?? -1];
  });

  const follow = (module: number, entry: ExportEntry): readonly number[] => {
    if (entry.source.kind === "from") {
      const { specifier, imported: name } = entry.source;
      return targets(module, specifier).flatMap((target) => find(target, name));
    }
    const { local } = entry.source;
    const index = declared[module]?.get(local);
    const binding = imported[module]?.get(local);
    const own = index === undefined ? [] : [nodesOf[module]?.declarations[index] ?? -1];
    const other =
      binding === undefined
        ? []
        : targets(module, binding.specifier).flatMap((target) => find(target, binding.imported));
    return [...own, ...other];
  };

  return { find, targets, follow };
}

/** Barrels of barrels are asked for the same names again and again. */
function remember(
  answer: (module: number, word: string) => readonly number[],
): (module: number, word: string) => readonly number[] {
  const memory: Map<string, readonly number[]>[] = [];
  return (module, word) => {
    const known = (memory[module] ??= new Map<string, readonly number[]>());
    const found = known.get(word) ?? answer(module, word);
    known.set(word, found);
    return found;
  };
}
