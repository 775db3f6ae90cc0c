import { hasOwnEffect } from "../mark/effectful.ts";
import type { Graph } from "../mark/graph.ts";
import type { Module } from "../mark/module.ts";
import { packageName } from "../mark/resolve.ts";

/** What loading a module loads, itself included, in the order in which it is evaluated; packages by their names. */
type Load = { readonly modules: ReadonlySet<number>; readonly packages: ReadonlySet<string> };

/** Asks what the modules of a graph load. */
export type Loads = {
  readonly of: (index: number) => Load;
  /** The modules that do something when they are loaded, of what a module loads. */
  readonly effectsOf: (index: number) => readonly number[];
  /** Whether one module leads to another, types included: what tools call a cycle. */
  readonly leads: (from: number, to: number) => boolean;
};

type Ways = { readonly graph: Graph; readonly moduleAt: (index: number) => Module | undefined };

/** Prepares the answers; `moduleAt` may give modules as they are after a change, which may import from others. */
export function createLoads(graph: Graph, moduleAt: Ways["moduleAt"] = (index) => graph.modules[index]): Loads {
  const running = new Map<number, Load>();
  const known = new Map<number, Load>();
  const ask = (memory: Map<number, Load>, index: number, withTypes: boolean) => {
    const found = memory.get(index) ?? follow(index, withTypes, { graph, moduleAt });
    memory.set(index, found);
    return found;
  };
  const doesSomething = (index: number) => {
    const module = graph.modules[index];
    return module !== undefined && hasOwnEffect(module, index, graph);
  };
  return {
    of: (index) => ask(running, index, false),
    effectsOf: (index) => [...ask(running, index, false).modules].filter(doesSomething),
    leads: (from, to) => ask(known, from, true).modules.has(to),
  };
}

type Step = { readonly index: number; readonly targets: readonly number[]; next: number };

/** A module is evaluated when all that it imports has been, in the order of its imports. */
function follow(start: number, withTypes: boolean, { graph, moduleAt }: Ways): Load {
  const { exportIndex, resolver } = graph;
  const evaluated = new Set<number>();
  const packages = new Set<string>();
  const entered = new Set<number>();
  const enter = (index: number): Step => {
    entered.add(index);
    const module = moduleAt(index);
    const targets = (module?.statements ?? []).flatMap(({ specifier, typeOnly }) => {
      if (typeOnly && !withTypes) return [];
      const found = exportIndex.targets(index, specifier);
      // A style sheet or a picture counts as much as a package.
      if (found.length === 0 && module !== undefined)
        packages.add(nameOf(resolver.resolve(module.file, specifier), specifier));
      return found;
    });
    return { index, targets, next: 0 };
  };
  const open = [enter(start)];
  for (let step = open.at(-1); step !== undefined; step = open.at(-1)) {
    const target = step.targets[step.next];
    step.next += 1;
    if (target === undefined) {
      evaluated.add(step.index);
      open.pop();
    } else if (!entered.has(target)) open.push(enter(target));
  }
  return { modules: evaluated, packages };
}

function nameOf(resolution: ReturnType<Graph["resolver"]["resolve"]>, specifier: string): string {
  if (resolution.kind === "files") return resolution.files.join();
  return packageName(specifier.replace(/^node:/, ""));
}
