import type { RepoPath } from "../core/names.ts";
import type { PolicyFlag } from "../core/policy-schema.ts";
import type { Constant } from "./constants.ts";
import { createFlags } from "./flags.ts";
import type { ExportEntry, Module } from "./module.ts";
import type { MarkMemory } from "./memory.ts";
import type { Resolver } from "./resolve.ts";

/** What is known of the repository, and how a file is read. */
type Folds = {
  readonly resolver: Resolver;
  /** Flags that have come to their end. */
  readonly rules: readonly PolicyFlag[];
  readonly read: MarkMemory["readModule"];
};

/**
 * Reads those files again in which a choice depends on something that the first look could not know: the value of an
 * imported constant, or a flag that the owner has named.
 */
export function foldAcross(modules: readonly Module[], { resolver, rules, read }: Folds): readonly Module[] {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const flags = createFlags(rules);
  const words = rules.flatMap(({ name, reads = [name] }) =>
    reads.map((read) => /[\w$-]+(?=[^\w$-]*$)/.exec(read)?.[0] ?? read),
  );
  return modules.map((module) => {
    const imported = importedConstants(module, byFile, resolver);
    const mayReadFlag = words.some((word) => module.text.includes(word));
    if (imported.size === 0 && !mayReadFlag) return module;
    const again = read(module.file, module.text, { imported, flags });
    return "unparsed" in again ? module : again;
  });
}

type Modules = ReadonlyMap<RepoPath, Module>;

function importedConstants(module: Module, byFile: Modules, resolver: Resolver): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>();
  for (const name of module.tested) {
    const isCall = name.endsWith("()");
    const binding = module.imports.find(({ local }) => local === (isCall ? name.slice(0, -2) : name));
    if (binding === undefined || binding.imported === "*") continue;
    const way = { from: module.file, specifier: binding.specifier, name: binding.imported };
    const value = follow(way, { byFile, resolver, isCall }, 0);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

type Way = { readonly from: RepoPath; readonly specifier: string; readonly name: string };
type World = { readonly byFile: Modules; readonly resolver: Resolver; readonly isCall: boolean };

/** Longer chains of re-exports are left alone. */
const longestChain = 8;

/** The constant behind an import: only if there is one way, to one file, and every step on it is written out. */
function follow({ from, specifier, name }: Way, world: World, depth: number): Constant | undefined {
  const resolution = world.resolver.resolve(from, specifier);
  const [file, ...others] = resolution.kind === "files" ? resolution.files : [];
  const module = file === undefined || others.length > 0 ? undefined : world.byFile.get(file);
  if (module === undefined || depth > longestChain) return undefined;
  const source = module.exports.find((candidate) => candidate.name === name)?.source ?? starSource(module, name);
  if (source?.kind === "local") return module.offered.get(world.isCall ? `${source.local}()` : source.local);
  return source && follow({ from: module.file, specifier: source.specifier, name: source.imported }, world, depth + 1);
}

function starSource({ stars }: Module, name: string): ExportEntry["source"] | undefined {
  const [star, ...more] = stars;
  if (star === undefined || more.length > 0 || name === "default") return undefined;
  return { kind: "from", specifier: star.specifier, imported: name };
}
