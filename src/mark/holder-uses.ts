import type { ModuleNodes } from "./graph-nodes.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { ownerAt } from "./link-module.ts";
import type { MemberInput } from "./member-candidates.ts";
import type { Module, Use } from "./module.ts";

/** One place where a declaration with members is used. */
type HolderUse<Holder> = {
  readonly holder: Holder;
  /** The node that uses it. */
  readonly owner: number;
  /** What is written there; absent where a whole module is taken, or a namespace stands before the name. */
  readonly use?: Use;
};

type Search<Holder> = {
  /** By the node of their declaration. */
  readonly holders: ReadonlyMap<number, Holder>;
  readonly hierarchy: Hierarchy;
  readonly input: MemberInput;
  readonly visit: (use: HolderUse<Holder>) => void;
};

/** Visits every use of some declarations, in their own modules and through imports, exports and namespaces. */
export function visitUses<Holder>(search: Search<Holder>): void {
  if (search.holders.size === 0) return;
  const exported = visitExports(search);
  for (const [index, module] of search.input.modules.entries()) visitModule(index, module, exported, search);
}

type Exported<Holder> = ReadonlyMap<number, Holder>;

/** The declarations behind export nodes. Whoever takes a whole module takes all that it exports. */
function visitExports<Holder>({ holders, hierarchy, input, visit }: Search<Holder>): Exported<Holder> {
  const exported = new Map<number, Holder>();
  for (const [index, module] of input.modules.entries()) {
    const nodes = input.nodesOf[index];
    for (const [at, entry] of module.exports.entries()) {
      const behind = hierarchy.declarationsOf(index, entry).map((declaration) => holders.get(declaration));
      const holder = behind.find((found) => found !== undefined);
      if (holder === undefined || nodes === undefined) continue;
      exported.set(nodes.exports[at] ?? -1, holder);
      visit({ holder, owner: nodes.all });
    }
  }
  return exported;
}

type Known<Holder> = readonly (readonly [string, Holder])[];

function declaredHolders<Holder>(
  module: Module,
  nodes: ModuleNodes,
  holders: ReadonlyMap<number, Holder>,
): Known<Holder> {
  return module.declarations.flatMap(({ names }, at) => {
    const holder = holders.get(nodes.declarations[at] ?? -1);
    return holder === undefined ? [] : names.map((name) => [name, holder] as const);
  });
}

function importedHolders<Holder>(
  module: Module,
  behind: (specifier: string, name: string) => readonly Holder[],
): Known<Holder> {
  return module.imports.flatMap(({ local, imported, specifier }) => {
    const [holder] = imported === "*" ? [] : behind(specifier, imported);
    return holder === undefined ? [] : [[local, holder] as const];
  });
}

function visitModule<Holder>(
  index: number,
  module: Module,
  exported: Exported<Holder>,
  { holders, input, visit }: Search<Holder>,
): void {
  const nodes = input.nodesOf[index];
  if (nodes === undefined) return;
  const behind = (specifier: string, name: string): readonly Holder[] =>
    input.exportIndex
      .targets(index, specifier)
      .flatMap((target) => input.exportIndex.find(target, name))
      .flatMap((node) => exported.get(node) ?? []);
  const namespaces = new Map(
    module.imports.flatMap(({ local, imported, specifier }) => (imported === "*" ? [[local, specifier] as const] : [])),
  );
  const known = new Map([...declaredHolders(module, nodes, holders), ...importedHolders(module, behind)]);
  for (const use of module.uses) {
    const owner = ownerAt(nodes, use.at);
    const holder = known.get(use.name);
    if (holder !== undefined) visit({ holder, owner, use });
    const specifier = namespaces.get(use.name);
    if (specifier === undefined || use.member === undefined) continue;
    for (const through of behind(specifier, use.member)) visit({ holder: through, owner });
  }
}
