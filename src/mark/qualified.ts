import type { Hierarchy } from "./hierarchy.ts";
import { ownerAt } from "./link-module.ts";
import type { MemberCandidate, MemberInput } from "./member-candidates.ts";
import type { Module, Use } from "./module.ts";

/*
 * The members of an enum, of a constant object and of a namespace have no other way in than the name of what holds them:
 * `Colour.Red` uses one member, and every other use of the name `Colour` as a value may use all of them.
 */

/** A declaration with members that may be dead. */
type Holder = {
  /** Stands for the whole being used. */
  readonly whole: number;
  readonly byName: ReadonlyMap<string, readonly number[]>;
};

/** Links what names a member, or takes the whole, to the members that it may use. */
export function linkQualified(candidates: readonly MemberCandidate[], hierarchy: Hierarchy, input: MemberInput): void {
  const holders = new Map<number, Holder>();
  for (const [holder, members] of Map.groupBy(candidates, (candidate) => candidate.holder)) {
    const whole = input.addName("");
    for (const { node } of members) input.link(whole, node);
    const byName = Map.groupBy(members, ({ member }) => member.name);
    holders.set(holder, {
      whole,
      byName: new Map([...byName].map(([name, same]) => [name, same.map(({ node }) => node)])),
    });
  }
  if (holders.size === 0) return;
  const exported = linkExports(holders, hierarchy, input);
  const used = new Map<Holder, Set<string>>();
  for (const [index, module] of input.modules.entries()) {
    const known = namesIn(index, module, { holders, exported, input });
    linkUses(index, module, { known, exported, used, input });
  }
  for (const [node, holder] of holders) if (isCatalogue(holder, used.get(holder))) input.link(node, holder.whole);
}

/**
 * What nobody takes a member of mirrors something outside, where its values come from; so does a long list of which most
 * is never named, such as the codes of a protocol.
 */
function isCatalogue({ byName }: Holder, used: ReadonlySet<string> = new Set()): boolean {
  const unused = [...byName.keys()].filter((name) => !used.has(name)).length;
  return used.size === 0 || (unused >= 6 && unused > byName.size / 2);
}

type Exported = ReadonlyMap<number, Holder>;

/** The holders behind export nodes. Whoever takes a whole module takes all that its holders have. */
function linkExports(holders: ReadonlyMap<number, Holder>, hierarchy: Hierarchy, input: MemberInput): Exported {
  const exported = new Map<number, Holder>();
  for (const [index, module] of input.modules.entries()) {
    const nodes = input.nodesOf[index];
    for (const [at, entry] of module.exports.entries()) {
      const behind = hierarchy.declarationsOf(index, entry).map((declaration) => holders.get(declaration));
      const holder = behind.find((found) => found !== undefined);
      if (holder === undefined || nodes === undefined) continue;
      exported.set(nodes.exports[at] ?? -1, holder);
      input.link(nodes.all, holder.whole);
    }
  }
  return exported;
}

type Scope = {
  readonly holders: ReadonlyMap<number, Holder>;
  readonly exported: Exported;
  readonly input: MemberInput;
};

/** The holders that names of a module stand for. */
function namesIn(index: number, module: Module, { holders, exported, input }: Scope): ReadonlyMap<string, Holder> {
  const known = new Map<string, Holder>();
  for (const [at, { names }] of module.declarations.entries()) {
    const holder = holders.get(input.nodesOf[index]?.declarations[at] ?? -1);
    if (holder !== undefined) for (const name of names) known.set(name, holder);
  }
  for (const { local, imported, specifier } of module.imports) {
    const [holder] = imported === "*" ? [] : holdersBehind(index, specifier, imported, { exported, input });
    if (holder !== undefined) known.set(local, holder);
  }
  return known;
}

type Reach = { readonly exported: Exported; readonly input: MemberInput };

function holdersBehind(index: number, specifier: string, name: string, { exported, input }: Reach): readonly Holder[] {
  const { exportIndex } = input;
  return exportIndex
    .targets(index, specifier)
    .flatMap((target) => exportIndex.find(target, name))
    .flatMap((node) => exported.get(node) ?? []);
}

type Uses = Reach & {
  readonly known: ReadonlyMap<string, Holder>;
  /** The names that are spelled behind that of a holder, in live and dead code. */
  readonly used: Map<Holder, Set<string>>;
};

function linkUses(index: number, module: Module, { known, exported, used, input }: Uses): void {
  const nodes = input.nodesOf[index];
  const specifiers = new Map(
    module.imports.flatMap(({ local, imported, specifier }) => (imported === "*" ? [[local, specifier] as const] : [])),
  );
  if (nodes === undefined) return;
  for (const use of module.uses) {
    const owner = ownerAt(nodes, use.at);
    const holder = use.typeOnly === true ? undefined : known.get(use.name);
    for (const target of holder === undefined ? [] : takenFrom(holder, use, used)) input.link(owner, target);
    // `fruit.Colour.Red` with a namespace: what is read of the holder is not known here.
    const specifier = specifiers.get(use.name);
    if (specifier === undefined || use.member === undefined) continue;
    for (const { whole } of holdersBehind(index, specifier, use.member, { exported, input })) input.link(owner, whole);
  }
}

function takenFrom(holder: Holder, { member }: Use, used: Map<Holder, Set<string>>): readonly number[] {
  used.set(holder, (used.get(holder) ?? new Set()).add(member ?? ""));
  return member === undefined ? [holder.whole] : (holder.byName.get(member) ?? []);
}
