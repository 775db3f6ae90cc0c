import type { Module } from "../mark/module.ts";
import type { Resolver } from "../mark/resolve.ts";

/*
 * What a name of a module means, in words that are the same wherever the same thing is meant: a declaration of a file, an
 * export of a package, a global. Where several answers are possible there is none, since a wrong one would make two
 * different things one.
 */

/** A module of a tree that may have been changed. */
export type World = {
  readonly moduleAt: (index: number) => Module | undefined;
  readonly targets: (index: number, specifier: string) => readonly number[];
  readonly resolver: Pick<Resolver, "resolve">;
};

/** A declaration, by the number of its module and its name there. */
export type Declared = { readonly module: number; readonly name: string };

export type Meanings = {
  /** What a name means that is free in a declaration of the module; undefined when that cannot be said for sure. */
  readonly of: (module: number, name: string) => string | undefined;
  /** The same of a name that an import or export of the module takes from another one. */
  readonly ofImport: (module: number, specifier: string, imported: string) => string | undefined;
  /** The declaration behind an import binding or export of that name. */
  readonly behindImport: (module: number, specifier: string, imported: string) => Declared | undefined;
};

type Meaning =
  { readonly kind: "declared"; readonly at: Declared } | { readonly kind: "other"; readonly text: string } | undefined;

/** Prepares the answers for a world. */
export function createMeanings({ moduleAt, targets, resolver }: World): Meanings {
  const memory = new Map<string, Meaning>();
  const tablesOf = rememberTables(moduleAt);

  const ofName = (index: number, name: string, seen: ReadonlySet<string>): Meaning => {
    const found = tablesOf(index);
    if (found === undefined) return undefined;
    const binding = found.imports.get(name);
    const isDeclared = found.declared.has(name);
    // A type and a value of one name may come from two places.
    if (isDeclared && binding !== undefined) return undefined;
    if (isDeclared) return { kind: "declared", at: { module: index, name } };
    if (binding === undefined) return { kind: "other", text: `global ${name}` };
    return binding === "several" ? undefined : ofImport(index, binding.specifier, binding.imported, seen);
  };

  const ofImport = (index: number, specifier: string, imported: string, seen: ReadonlySet<string>): Meaning => {
    const module = moduleAt(index);
    if (module === undefined) return undefined;
    const resolution = resolver.resolve(module.file, specifier);
    if (resolution.kind === "package")
      return { kind: "other", text: `package ${specifier.replace(/^node:/, "")} ${imported}` };
    const [target, ...others] = targets(index, specifier);
    if (resolution.kind !== "files" || target === undefined || others.length > 0) return undefined;
    if (imported === "*") return { kind: "other", text: `namespace ${target}` };
    return ofExport(target, imported, seen);
  };

  const ofExport = (index: number, name: string, seen: ReadonlySet<string>): Meaning => {
    const key = `${index} ${name}`;
    if (seen.has(key)) return undefined;
    if (memory.has(key)) return memory.get(key);
    const answer = search(index, name, new Set([...seen, key]));
    if (seen.size === 0) memory.set(key, answer);
    return answer;
  };

  const search = (index: number, name: string, seen: ReadonlySet<string>): Meaning => {
    const module = moduleAt(index);
    if (module === undefined || module.commonJs) return undefined;
    const entry = tablesOf(index)?.exports.get(name);
    if (entry !== undefined) {
      const { source } = entry;
      return source.kind === "local"
        ? ofName(index, source.local, seen)
        : ofImport(index, source.specifier, source.imported, seen);
    }
    if (name === "default") return undefined;
    // A star that leads to a package, or nowhere, may bring any name.
    const ways = module.stars.map(({ specifier }) => targets(index, specifier));
    if (ways.some((way) => way.length !== 1)) return undefined;
    const found = ways.flat().flatMap((target) => ofExport(target, name, seen) ?? []);
    const [first] = found;
    return found.every((meaning) => spell(meaning) === spell(first)) ? first : undefined;
  };

  return {
    of: (module, name) => spell(ofName(module, name, new Set())),
    ofImport: (module, specifier, imported) => spell(ofImport(module, specifier, imported, new Set())),
    behindImport: (module, specifier, imported) => {
      const meaning = ofImport(module, specifier, imported, new Set());
      return meaning?.kind === "declared" ? meaning.at : undefined;
    },
  };
}

function rememberTables(moduleAt: World["moduleAt"]): (index: number) => Tables | undefined {
  const tables = new Map<number, Tables>();
  return (index) => {
    const module = moduleAt(index);
    if (module === undefined) return undefined;
    const known = tables.get(index) ?? tablesIn(module);
    tables.set(index, known);
    return known;
  };
}

/** How a declaration is called in meanings. */
export function spellDeclared({ module, name }: Declared): string {
  return `declared ${module} ${name}`;
}

function spell(meaning: Meaning): string | undefined {
  return meaning?.kind === "declared" ? spellDeclared(meaning.at) : meaning?.text;
}

type Tables = {
  readonly declared: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, Module["imports"][number] | "several">;
  readonly exports: ReadonlyMap<string, Module["exports"][number]>;
};

function tablesIn(module: Module): Tables {
  const imports = new Map<string, Module["imports"][number] | "several">();
  for (const binding of module.imports) imports.set(binding.local, imports.has(binding.local) ? "several" : binding);
  return {
    declared: new Set(module.declarations.flatMap(({ names }) => names)),
    imports,
    exports: new Map(module.exports.map((entry) => [entry.name, entry])),
  };
}
