import type { Access, Binding, Entry, Layout, Target } from "./layout.ts";

/** What the modules of a program offer: own and re-exported names, and the modules that they re-export whole. */
export type Offers = {
  readonly exports: readonly ReadonlyMap<string, Entry>[];
  readonly stars: readonly (readonly number[])[];
};

type Query = { readonly module: number; readonly name: string };

/** ResolveExport of the language: null for what is missing, circular or offered by two stars at once. */
export function resolveName(offers: Offers, { module, name }: Query, seen: Set<string>): Target | null {
  if (seen.has(`${module} ${name}`)) return null;
  seen.add(`${module} ${name}`);
  const entry = offers.exports[module]?.get(name);
  if (entry?.kind === "own") return { kind: "binding", binding: entry.binding };
  if (entry !== undefined && entry.name === "*") return { kind: "namespace", module: entry.module };
  if (entry !== undefined) return resolveName(offers, entry, seen);
  if (name === "default") return null;
  const found = (offers.stars[module] ?? [])
    .map((star) => resolveName(offers, { module: star, name }, new Set(seen)))
    .filter((target) => target !== null);
  const distinct = new Set(
    found.map((target) => JSON.stringify(target.kind === "binding" ? target.binding.id : target)),
  );
  return distinct.size === 1 ? (found[0] ?? null) : null;
}

/** The names that a module offers, those of its stars included. */
export function namesOf(offers: Offers, module: number, seen: Set<number>): ReadonlySet<string> {
  if (seen.has(module)) return new Set();
  seen.add(module);
  const fromStars = (offers.stars[module] ?? []).flatMap((star) =>
    [...namesOf(offers, star, seen)].filter((name) => name !== "default"),
  );
  return new Set([...(offers.exports[module]?.keys() ?? []), ...fromStars]);
}

/** All ways to each binding. */
export function findAccesses(
  count: number,
  { resolve, exportNames }: Pick<Layout, "resolve" | "exportNames">,
): ReadonlyMap<number, readonly Access[]> {
  const accesses = new Map<number, Access[]>();
  const add = (binding: Binding, access: Access) => {
    accesses.set(binding.id, [...(accesses.get(binding.id) ?? []), access]);
  };
  const addMembers = (target: Target | null, access: Access) => {
    if (target?.kind === "binding") add(target.binding, access);
    if (target?.kind !== "namespace") return;
    for (const member of exportNames(target.module)) {
      const inner = resolve(target.module, member);
      if (inner?.kind === "binding") add(inner.binding, { ...access, member });
    }
  };
  for (let module = 0; module < count; module += 1)
    for (const name of exportNames(module)) addMembers(resolve(module, name), { module, name });
  return accesses;
}
