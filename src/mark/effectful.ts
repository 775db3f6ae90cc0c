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

/** Whether loading a module does something, whatever it loads in turn. */
export function hasOwnEffect(module: Module, index: number, { exportIndex }: Pick<Input, "exportIndex">): boolean {
  if (module.effects.length > 0 || module.commonJs) return true;
  if (module.declarations.some((declaration) => !declaration.pure)) return true;
  // A bare import of something that is not a module here: a package or a style sheet, loaded for what it does.
  return module.statements.some(
    (statement) =>
      statement.size === 0 && !statement.typeOnly && exportIndex.targets(index, statement.specifier).length === 0,
  );
}

/** What calling something rests on: calls of other things by module and name; null when it may be noticed. */
type CallConditions = readonly { readonly module: number; readonly name: string }[] | null;

/** Whether calling what a local name stands for can be noticed, following calls across modules. */
export function createCallPurity(input: Omit<Input, "resolver">): (module: number, name: string) => boolean {
  const memory = new Map<string, boolean>();
  // A call is pure when nothing that it leads to is impure; a recursive call adds no effect of its own.
  return (module, name) => {
    const seen = new Set<string>();
    const pending = [{ module, name }];
    let isPure = true;
    for (let call = pending.pop(); call !== undefined && isPure; call = pending.pop()) {
      const key = `${call.module}\0${call.name}`;
      if (seen.has(key) || memory.get(key) === true) continue;
      seen.add(key);
      const conditions = memory.get(key) === false ? null : conditionsOf(input, call.module, call.name);
      if (conditions === null) isPure = false;
      else pending.push(...conditions);
    }
    if (isPure) for (const key of seen) memory.set(key, true);
    else memory.set(`${module}\0${name}`, false);
    return isPure;
  };
}

function conditionsOf(input: Omit<Input, "resolver">, module: number, name: string): CallConditions {
  const source = input.modules[module];
  const declaration = source?.declarations.find((candidate) => candidate.names.includes(name));
  if (declaration !== undefined) {
    const conditions =
      declaration.parts.length === 1 || declaration.kind === "function" ? declaration.pureWhenCalled : null;
    return conditions?.map((condition) => ({ module, name: condition })) ?? null;
  }
  const binding = source?.imports.find((candidate) => candidate.local === name);
  if (binding === undefined || binding.imported === "*") return null;
  const targets = input.exportIndex.targets(module, binding.specifier);
  return joinConditions(targets.map((target) => exportConditions(input, target, binding.imported)));
}

function joinConditions(found: readonly CallConditions[]): CallConditions {
  if (found.length === 0 || found.includes(null)) return null;
  return found.flatMap((conditions) => conditions ?? []);
}

/** Follows an export to what it stands for; a circle of re-exports stands for nothing. */
function exportConditions(
  input: Omit<Input, "resolver">,
  module: number,
  name: string,
  seen: ReadonlySet<string> = new Set(),
): CallConditions {
  const key = `${module}\0${name}`;
  const entry = input.modules[module]?.exports.find((candidate) => candidate.name === name);
  if (entry === undefined || seen.has(key)) return null;
  if (entry.source.kind === "local") return [{ module, name: entry.source.local }];
  const { specifier, imported } = entry.source;
  const targets = input.exportIndex.targets(module, specifier);
  return joinConditions(targets.map((target) => exportConditions(input, target, imported, new Set([...seen, key]))));
}
