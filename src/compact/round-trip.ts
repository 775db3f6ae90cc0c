import type { Forward } from "../core/candidate.ts";
import type { FileChange } from "../core/edit.ts";
import { spellCode } from "../mark/code-print.ts";
import type { Graph } from "../mark/graph.ts";
import type { Module } from "../mark/module.ts";
import { readModule } from "../mark/read-module.ts";
import { localNames, nodeAt, nodesAt, parseSource, type SyntaxNode } from "../mark/syntax.ts";
import { createLoads, type Loads } from "./loads.ts";
import { createMeanings, spellDeclared, type Declared, type Meanings } from "./meanings.ts";

/*
 * The proof of a merge. It knows nothing of how the edits were made: it reads both trees and puts each copy back in its
 * place. Then every statement has to be the one that was there, with every name in it meaning what it meant, but for the
 * copies, which now mean the one that stays; and that one has to be each of the copies. Names are compared by what they
 * mean in their own tree, never by how they are spelled. Whatever it cannot answer is a no.
 */

type Request = {
  readonly graph: Graph;
  readonly forwards: readonly Forward[];
  readonly changes: readonly FileChange[];
};

/** A tree in which names can be asked for, and the statements of the changed modules. */
type Side = {
  readonly moduleAt: (index: number) => Module | undefined;
  readonly bodyOf: (index: number) => readonly SyntaxNode[] | null;
  readonly meanings: Meanings;
  readonly loads: Loads;
};

/** Says why a merge is not proven; null when it is. */
export function refuteRoundTrip({ graph, forwards, changes }: Request): string | null {
  const { indexOf, modules } = graph;
  const known = forwards.map(({ from, to }) => ({
    from: { module: indexOf.get(from.file) ?? -1, name: from.name },
    to: { module: indexOf.get(to.file) ?? -1, name: to.name },
  }));
  const swept = new Map<number, Module>();
  for (const change of changes) {
    const index = indexOf.get(change.file);
    if (change.kind === "delete" || index === undefined) return `${change.file} is no module that could be compared`;
    const read = readModule(change.file, change.text);
    if ("unparsed" in read) return `${change.file} would not parse any more`;
    swept.set(index, read);
  }
  const before = sideOf(graph, (index) => modules[index]);
  const after = sideOf(graph, (index) => swept.get(index) ?? modules[index]);
  const merged = new Map(known.map(({ from, to }) => [spellDeclared(from), spellDeclared(to)]));
  const frame: Frame = { graph, before, after, merged, forwards: known };
  const comparisons = [
    ...known.map(
      ({ from, to }) =>
        () =>
          compareCopies(from, to, frame),
    ),
    ...[...swept.keys()].map((index) => () => compareModules(index, frame)),
    () => findForgotten(frame, swept),
  ];
  for (const compare of comparisons) {
    const difference = compare();
    if (difference !== null) return difference;
  }
  return null;
}

function compareModules(index: number, frame: Frame): string | null {
  const difference = compareStatements(index, frame) ?? compareExports(index, frame) ?? compareLoads(index, frame);
  return difference === null ? null : `${frame.graph.modules[index]?.file ?? ""}: ${difference}`;
}

type Frame = {
  readonly graph: Graph;
  readonly before: Side;
  readonly after: Side;
  /** What a name that meant a copy has to mean afterwards. */
  readonly merged: ReadonlyMap<string, string>;
  readonly forwards: readonly { readonly from: Declared; readonly to: Declared }[];
};

function sideOf(graph: Graph, moduleAt: Side["moduleAt"]): Side {
  const { exportIndex, resolver } = graph;
  return {
    moduleAt,
    bodyOf: (index) => {
      const module = moduleAt(index);
      const syntax = module === undefined ? undefined : parseSource(module.file, module.text);
      return syntax?.kind === "parsed" ? syntax.body : null;
    },
    loads: createLoads(graph, moduleAt),
    meanings: createMeanings({ moduleAt, targets: exportIndex.targets, resolver }),
  };
}

/** The one that stays has to be the copy, wherever each of them stands. */
function compareCopies(from: Declared, to: Declared, { before, after, merged }: Frame): string | null {
  const [copy] = statementsOf(before, from.module).filter((statement) => declaredBy(statement).includes(from.name));
  const [survivor] = statementsOf(after, to.module).filter((statement) => declaredBy(statement).includes(to.name));
  if (copy === undefined || survivor === undefined) return `${from.name} was not found in both trees`;
  const own = (declared: Declared) => (meaning: string) => (meaning === spellDeclared(declared) ? "#self" : meaning);
  const was = spellCode(
    copy,
    nameIn(before, from.module, (meaning) => own(to)(merged.get(meaning) ?? meaning)),
  );
  const is = spellCode(survivor, nameIn(after, to.module, own(to)));
  return was === is ? null : `${from.name} is not the same in both files`;
}

/** With the copies put back, the statements have to be those that were there. */
function compareStatements(index: number, { before, after, merged, forwards }: Frame): string | null {
  if (before.bodyOf(index) === null || after.bodyOf(index) === null) return "it cannot be compared";
  const gone = new Set(forwards.flatMap(({ from }) => (from.module === index ? [from.name] : [])));
  const was = statementsOf(before, index)
    .filter((statement) => !declaredBy(statement).some((name) => gone.has(name)))
    .map((statement) =>
      spellCode(
        statement,
        nameIn(before, index, (meaning) => merged.get(meaning) ?? meaning),
      ),
    );
  const is = statementsOf(after, index).map((statement) =>
    spellCode(
      statement,
      nameIn(after, index, (meaning) => meaning),
    ),
  );
  if (was.length !== is.length) return "a statement would be lost or gained";
  return was.every((text, at) => text === is[at]) ? null : "a statement would not mean the same";
}

/** What a module offers must stay, but for the copy; only the one that stays may be offered anew. */
function compareExports(index: number, { before, after, merged, forwards }: Frame): string | null {
  const gone = new Set(forwards.flatMap(({ from }) => (from.module === index ? [from.name] : [])));
  const gained = new Set(forwards.flatMap(({ to }) => (to.module === index ? [to.name] : [])));
  const was = offersOf(before, index, (meaning) => merged.get(meaning) ?? meaning);
  const is = offersOf(after, index, (meaning) => meaning);
  for (const [name, meaning] of was)
    if (!gone.has(name) && is.get(name) !== meaning) return `its export ${name} would not mean the same`;
  for (const name of is.keys())
    if (!was.has(name) && !gained.has(name)) return `it would export ${name}, which it did not`;
  for (const name of gone) if (is.has(name)) return `it would still export ${name}`;
  return starsOf(before, index) === starsOf(after, index) ? null : "it would pass on other modules";
}

/** Whoever loads the module first sees the same modules do what they do, in the same order. */
function compareLoads(index: number, { before, after }: Frame): string | null {
  const [was, is] = [before.loads.effectsOf(index), after.loads.effectsOf(index)];
  return was.join() === is.join() ? null : "modules that do something would be loaded anew, or in another order";
}

/** A module that was not changed must not name a copy: nothing would be there. */
function findForgotten({ graph, before, merged, forwards }: Frame, swept: ReadonlyMap<number, Module>): string | null {
  const names = new Set(forwards.map(({ from }) => from.name));
  for (const [index, module] of graph.modules.entries()) {
    if (swept.has(index)) continue;
    const asked = [
      ...module.imports,
      ...module.exports.flatMap(({ source }) => (source.kind === "from" ? [source] : [])),
    ].filter(({ imported }) => names.has(imported));
    for (const { specifier, imported } of asked) {
      const declared = before.meanings.behindImport(index, specifier, imported);
      if (declared !== undefined && merged.has(spellDeclared(declared)))
        return `${module.file} would still import ${imported}`;
    }
  }
  return null;
}

/** What a name means, and failing that the words by which the module gets it. */
function nameIn(side: Side, index: number, follow: (meaning: string) => string): (name: string) => string {
  return (name) => {
    const meaning = side.meanings.of(index, name);
    if (meaning !== undefined) return follow(meaning);
    const bindings = side.moduleAt(index)?.imports.filter(({ local }) => local === name) ?? [];
    return `unsure ${name} ${bindings.map(({ specifier, imported }) => `${specifier} ${imported}`).join()}`;
  };
}

/** Everything that a module says but for its imports and the lists of what it passes on, which are compared apart. */
function statementsOf(side: Side, index: number): readonly SyntaxNode[] {
  return (side.bodyOf(index) ?? []).flatMap((statement) => {
    if (statement.type === "ImportDeclaration" || statement.type === "ExportAllDeclaration") return [];
    if (statement.type === "EmptyStatement") return [];
    if (statement.type !== "ExportNamedDeclaration") return [statement];
    const declaration = nodeAt(statement, "declaration");
    return declaration === undefined ? [] : [declaration];
  });
}

function declaredBy(statement: SyntaxNode): readonly string[] {
  const inner = statement.type === "ExportDefaultDeclaration" ? nodeAt(statement, "declaration") : statement;
  if (inner === undefined) return [];
  return inner.type === "VariableDeclaration" ? nodesAt(inner, "declarations").flatMap(localNames) : localNames(inner);
}

function offersOf(side: Side, index: number, follow: (meaning: string) => string): ReadonlyMap<string, string> {
  const meaningOf = nameIn(side, index, follow);
  const exports = side.moduleAt(index)?.exports ?? [];
  return new Map(
    exports.map(({ name, source }) => {
      if (source.kind === "local") return [name, meaningOf(source.local)];
      const { specifier, imported } = source;
      const meaning = side.meanings.ofImport(index, specifier, imported);
      return [name, meaning === undefined ? `unsure ${specifier} ${imported}` : follow(meaning)];
    }),
  );
}

function starsOf(side: Side, index: number): string {
  return (side.moduleAt(index)?.stars ?? []).map(({ specifier }) => specifier).join();
}
