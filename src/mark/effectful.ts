import type { RepoPath } from "../core/names.ts";
import type { ExportIndex } from "./export-index.ts";
import type { Module } from "./module.ts";
import type { Resolver } from "./resolve.ts";

type Input = {
  readonly modules: readonly Module[];
  readonly indexOf: ReadonlyMap<RepoPath, number>;
  readonly resolver: Resolver;
  readonly exportIndex: ExportIndex;
};

/** For each module, whether loading it does something: by itself, or by a module or package that it loads. */
export function isEffectful(input: Input): readonly boolean[] {
  const { modules, exportIndex } = input;
  const effectful = modules.map((module, index) => hasOwnEffect(module, index, input));
  const loadedBy: number[][] = modules.map(() => []);
  for (const [index, module] of modules.entries()) {
    for (const statement of module.statements) {
      if (statement.typeOnly) continue;
      for (const target of exportIndex.targets(index, statement.specifier)) loadedBy[target]?.push(index);
    }
  }
  const pending = [...effectful.keys()].filter((index) => effectful[index]);
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    for (const loader of loadedBy[index] ?? []) {
      if (effectful[loader] === true) continue;
      effectful[loader] = true;
      pending.push(loader);
    }
  }
  return effectful;
}

function hasOwnEffect(module: Module, index: number, { exportIndex }: Input): boolean {
  if (module.effects.length > 0 || module.commonJs) return true;
  if (module.declarations.some((declaration) => !declaration.pure)) return true;
  // A bare import of something that is not a module here: a package or a style sheet, loaded for what it does.
  return module.statements.some(
    (statement) =>
      statement.size === 0 && !statement.typeOnly && exportIndex.targets(index, statement.specifier).length === 0,
  );
}

/** Whether calling what a local name stands for can be noticed, following calls across modules. */
export function createCallPurity(input: Omit<Input, "resolver">): (module: number, name: string) => boolean {
  const memory = new Map<string, boolean>();
  const isPure = (module: number, name: string): boolean => {
    const key = `${module}\0${name}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    // A recursive call adds no effect of its own.
    memory.set(key, true);
    const answer = settle(module, name);
    memory.set(key, answer);
    return answer;
  };
  const settle = (module: number, name: string): boolean => {
    const source = input.modules[module];
    const declaration = source?.declarations.find((candidate) => candidate.names.includes(name));
    if (declaration !== undefined) {
      const conditions =
        declaration.parts.length === 1 || declaration.kind === "function" ? declaration.pureWhenCalled : null;
      return conditions !== null && conditions.every((condition) => isPure(module, condition));
    }
    const binding = source?.imports.find((candidate) => candidate.local === name);
    if (binding === undefined || binding.imported === "*") return false;
    const targets = input.exportIndex.targets(module, binding.specifier);
    return targets.length > 0 && targets.every((target) => isExportPure(target, binding.imported));
  };
  const isExportPure = (module: number, name: string): boolean => {
    const entry = input.modules[module]?.exports.find((candidate) => candidate.name === name);
    if (entry === undefined) return false;
    if (entry.source.kind === "local") return isPure(module, entry.source.local);
    const { specifier, imported } = entry.source;
    const targets = input.exportIndex.targets(module, specifier);
    return targets.length > 0 && targets.every((target) => isExportPure(target, imported));
  };
  return isPure;
}
