import type { Heap } from "../mark/heap.ts";
import type { Module } from "../mark/module.ts";
import { folderOf } from "../mark/paths.ts";
import { packageOf } from "../mark/units.ts";
import type { Copy } from "./copies.ts";
import type { Ground } from "./ground.ts";
import { spellDeclared } from "./meanings.ts";
import type { Standing } from "./survivor.ts";
import { whyKept } from "./vetoes.ts";

/*
 * Why one copy cannot be forwarded to another. Each is about something that could be noticed when the program runs, is
 * built or is tested, although both copies do the same; one is enough.
 */

type Obstacle = { readonly why: string; readonly stands: (from: Standing, to: Standing, ground: Ground) => boolean };

const obstacles: readonly Obstacle[] = [
  { why: "it has to stay where it is", stands: (from) => from.isFixed },
  {
    why: "the other one cannot be exported where it stands",
    stands: (from, to, ground) => !to.isExported && !mayExport(from.copy, to.copy, ground),
  },
  {
    why: "tests replace one of the modules",
    stands: ({ copy: from }, { copy: to }, { mocked }) => mocked.has(from.index) || mocked.has(to.index),
  },
  { why: "a module that does something when it is loaded would be loaded anew", stands: bringsEffects },
  { why: "a package would be loaded that was not loaded there before", stands: bringsPackages },
  { why: "its importers would not load its module any more, which does something", stands: losesEffects },
  { why: "modules would import each other in a circle", stands: closesCircle },
  { why: "one of its users has the other one under another name", stands: meetsItself },
  { why: "one of its users cannot be changed", stands: hasForeignUser },
  {
    why: "a JavaScript file would import from TypeScript",
    stands: ({ copy: from }, { copy: to }) => isJavaScript(from.module.file) && !isJavaScript(to.module.file),
  },
  {
    why: "their files are under different terms, or make elements with different functions",
    stands: ({ copy: from }, { copy: to }) => headOf(from.module) !== headOf(to.module),
  },
];

/** What stands between a copy and the one that is to stay; undefined when nothing does. */
export function findObstacle(from: Standing, to: Standing, ground: Ground): string | undefined {
  const kept = whyKept(from.copy) ?? whyKept(to.copy);
  return kept ?? obstacles.find(({ stands }) => stands(from, to, ground))?.why;
}

/**
 * An export more must be nobody's business: the module is no entry, and nothing passes it on whole. A module of components
 * offers something else only to its neighbours.
 */
function mayExport(from: Copy, { index, module, print }: Copy, { heap, starred }: Ground): boolean {
  const isForComponents =
    print.kind !== "type" && /\.[cm]?[jt]sx$/.test(module.file) && folderOf(module.file) !== folderOf(from.module.file);
  return !isTakenWhole(heap, index) && !starred.has(index) && !isForComponents;
}

/** Whether something uses all that a module exports without naming it. */
export function isTakenWhole({ graph, live }: Heap, index: number): boolean {
  return live.reached[graph.nodesOf[index]?.all ?? -1] === 1;
}

function isType({ copy }: Standing): boolean {
  return copy.print.kind === "type";
}

/** What does something has to be loaded there already, by whatever way. */
function bringsEffects(from: Standing, to: Standing, { loads }: Ground): boolean {
  if (isType(from)) return false;
  const known = loads.of(from.copy.index).modules;
  return loads.effectsOf(to.copy.index).some((index) => !known.has(index));
}

/** Whoever loads the module of a copy loads what that loads: with the same packages nothing is new for any of them. */
function bringsPackages(from: Standing, to: Standing, { loads }: Ground): boolean {
  if (isType(from)) return false;
  const known = loads.of(from.copy.index).packages;
  return [...loads.of(to.copy.index).packages].some((name) => !known.has(name));
}

/** What the module of the copy does when it is loaded has to happen to its importers by another way. */
function losesEffects({ copy, users }: Standing, { copy: to }: Standing, { heap: { graph }, loads }: Ground): boolean {
  const effects = loads.effectsOf(copy.index);
  if (effects.length === 0) return false;
  return users.importers.some(({ index, binding }) => {
    const module = graph.modules[index];
    const statement = module?.statements[binding.statement];
    if (statement === undefined || statement.typeOnly) return false;
    const others = (module?.statements ?? []).flatMap((other) =>
      other.typeOnly || (other === statement && other.size === 1)
        ? []
        : graph.exportIndex.targets(index, other.specifier),
    );
    const left = [...others, to.index].map((target) => loads.of(target).modules);
    return effects.some((effect) => !left.some((modules) => modules.has(effect)));
  });
}

function closesCircle({ copy, users }: Standing, { copy: to }: Standing, { loads }: Ground): boolean {
  return [copy.index, ...users.importers.map(({ index }) => index)].some(
    (index) => index !== to.index && loads.leads(to.index, index) && !loads.leads(index, to.index),
  );
}

function meetsItself({ copy, users }: Standing, { copy: to }: Standing, { heap, meanings }: Ground): boolean {
  const survivor = spellDeclared({ module: to.index, name: to.print.name });
  const isMet = (index: number) =>
    heap.graph.modules[index]?.imports.some(({ local }) => meanings.of(index, local) === survivor) === true;
  return [copy.index, ...users.importers.map(({ index }) => index)].some(isMet);
}

function hasForeignUser({ copy, users }: Standing, { copy: to }: Standing, { heap }: Ground): boolean {
  const home = packageOf(copy.module.file, heap.packages);
  return users.importers.some(({ index, binding }) => {
    if (index === to.index) return true;
    const module = heap.graph.modules[index];
    if (module === undefined || module.commonJs || heap.exempt(module.file) !== undefined) return true;
    if (module.statements[binding.statement]?.kind !== "import") return true;
    return packageOf(module.file, heap.packages) !== home;
  });
}

function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

/** What the comments at the top say of the whole file: its terms, and what makes its elements. */
function headOf({ text }: Module): string {
  const top = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? "";
  const terms = /licen[cs]e|copyright|spdx/i.test(top) ? top.replace(/\d{4}/g, "").replace(/\s+/g, " ") : "";
  const pragmas = [...top.matchAll(/@jsx\w*\s+[\w./@-]+/g)].map(([pragma]) => pragma);
  return [terms, ...pragmas].join("\n");
}
