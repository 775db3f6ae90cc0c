import type { Heap } from "../mark/heap.ts";
import type { CodePrint } from "../mark/code-print.ts";
import type { Declaration, Module } from "../mark/module.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";
import { packageOf } from "../mark/units.ts";
import type { Meanings } from "./meanings.ts";

/** One of several declarations that are the same. */
export type Copy = {
  /** The number of its module, and of its node in the graph. */
  readonly index: number;
  readonly node: number;
  readonly module: Module;
  readonly declaration: Declaration;
  readonly print: CodePrint;
};

/**
 * Live declarations of one name in several files of a package that do the same: their prints are equal, and every name
 * that they take from outside means the same thing. Tests, scripts and what tools wrote repeat themselves on purpose.
 */
export function findCopies(heap: Heap, meanings: Meanings, kind: CodePrint["kind"]): readonly (readonly Copy[])[] {
  const alike = new Map<string, Copy[]>();
  for (const copy of candidates(heap, kind)) {
    const key = `${copy.print.name}\0${copy.print.hash}`;
    alike.set(key, [...(alike.get(key) ?? []), copy]);
  }
  return [...alike.values()]
    .filter(({ length }) => length > 1)
    .flatMap((copies) => [...Map.groupBy(copies, (copy) => surroundingsOf(heap, meanings, copy)).entries()])
    .flatMap(([surroundings, copies]) => (surroundings !== undefined && copies.length > 1 ? [copies] : []));
}

function candidates(heap: Heap, kind: CodePrint["kind"]): readonly Copy[] {
  const { graph, strong } = heap;
  return graph.modules.flatMap((module, index) => {
    if (!isCompacted(heap, module)) return [];
    return module.prints.flatMap((print): readonly Copy[] => {
      const at = module.declarations.findIndex(({ name }) => name === print.name);
      const declaration = module.declarations[at];
      const node = graph.nodesOf[index]?.declarations[at] ?? -1;
      if (print.kind !== kind || declaration === undefined || strong.reached[node] !== 1) return [];
      const isWhole = declaration.parts.length === 1 && declaration.keep === undefined;
      return isWhole ? [{ index, node, module, declaration, print }] : [];
    });
  });
}

/** Whether copies in a module are anything but meant. */
function isCompacted(heap: Heap, module: Module): boolean {
  const { file } = module;
  return !(
    module.script ||
    module.commonJs ||
    module.declarationFile ||
    isTestPath(file) ||
    isAsidePath(file) ||
    heap.exempt(file) !== undefined
  );
}

/** Where a copy stands, in words that are equal for copies which may become one; undefined when that is not sure. */
function surroundingsOf(heap: Heap, meanings: Meanings, { index, module, print }: Copy): string | undefined {
  const outer = print.outer.map((name) => meanings.of(index, name));
  if (outer.includes(undefined)) return undefined;
  const home = packageOf(module.file, heap.packages)?.directory ?? "";
  return [home, directivesOf(module.text), ...outer].join("\0");
}

/** `"use client"` and the like at the top of a file. */
function directivesOf(text: string): string {
  const top = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|["']use [\w ]+["'];?)*/.exec(text)?.[0] ?? "";
  return [...top.matchAll(/["'](use [\w ]+)["']/g)].map(([, directive]) => directive ?? "").join(",");
}
