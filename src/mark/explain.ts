import type { RepoPath } from "../core/names.ts";
import { NightsweepError } from "../core/errors.ts";
import type { GraphNode } from "./graph-nodes.ts";
import type { Heap } from "./heap.ts";
import { isInternal } from "./keep-ignored.ts";
import { lineAt, type Module } from "./module.ts";
import { pathTo, type Reach } from "./reach.ts";

/** One step of the path that keeps something alive, from the root on. */
export type ExplanationStep = { readonly file: RepoPath; readonly name: string; readonly line: number };

/** Why something is alive or dead. */
export type Explanation =
  | {
      readonly kind: "alive";
      readonly subject: string;
      /** What the compiler says of a member that only its name keeps. */
      readonly doubt?: string;
      /** What keeps a member together with whoever holds it: an annotation, or the configuration of knip. */
      readonly keep?: string;
      readonly root: string;
      readonly path: readonly ExplanationStep[];
    }
  | {
      readonly kind: "tests-only";
      readonly subject: string;
      readonly root: string;
      readonly path: readonly ExplanationStep[];
    }
  | {
      readonly kind: "dead";
      readonly subject: string;
      readonly roots: number;
      readonly usedBy: readonly ExplanationStep[];
    };

/** Explains a file, a symbol at module level or a member (`Rule.getCategoryName`). Throws NOT_FOUND with what there is. */
export function explainSubject(heap: Heap, file: RepoPath, symbol?: string): Explanation {
  const { graph } = heap;
  const index = graph.indexOf.get(file);
  const module = index === undefined ? undefined : graph.modules[index];
  if (index === undefined || module === undefined)
    throw new NightsweepError("NOT_FOUND", `${file} is not a source file of this repository`);
  const node = findNode(heap, file, symbol);
  if (node === undefined) {
    const names = module.declarations.map((declaration) => declaration.name).join(", ");
    throw new NightsweepError(
      "NOT_FOUND",
      `${symbol ?? ""} in ${file}; it declares ${names === "" ? "nothing" : names}`,
    );
  }
  const subject = symbol === undefined ? file : `${file}#${symbol}`;
  if (heap.strong.reached[node] === 1)
    return {
      ...{ kind: "alive", subject, ...doubtOf(heap, node), ...keepOfMember(heap, node) },
      ...describePath(heap, heap.strong, node),
    };
  if (heap.live.reached[node] === 1) return { kind: "tests-only", subject, ...describePath(heap, heap.live, node) };
  const users = usersOf(heap, node).map((user) => stepOf(heap, user));
  return { kind: "dead", subject, roots: heap.roots.length, usedBy: users.filter((step) => step !== undefined) };
}

/** The node of a file, or of one of its symbols or members; undefined when the graph has none. */
export function findNode(heap: Heap, file: RepoPath, symbol?: string): number | undefined {
  const { graph } = heap;
  const index = graph.indexOf.get(file);
  const module = index === undefined ? undefined : graph.modules[index];
  if (index === undefined || module === undefined) return undefined;
  return symbol === undefined ? graph.nodesOf[index]?.load : nodeOf(heap, index, module, symbol);
}

function doubtOf({ typeReasons }: Heap, node: number): { readonly doubt?: string } {
  const doubt = typeReasons.get(node);
  return doubt === undefined ? {} : { doubt };
}

function keepOfMember({ graph }: Heap, node: number): { readonly keep?: string } {
  const about = graph.nodes[node];
  const keep = about?.kind === "inner" ? graph.modules[about.module]?.inner[about.index]?.keep : undefined;
  return keep === undefined ? {} : { keep: sayKeep(keep) };
}

function sayKeep(keep: string): string {
  return keep.startsWith("knip: ") ? keep : `annotation: ${keep}`;
}

/** The nodes that use one; for a member those that spell its name. */
function usersOf({ graph }: Heap, node: number): readonly number[] {
  const seen = new Set([node]);
  const users: number[] = [];
  // Grows while it is walked: a name stands between a member and what spells it.
  for (const target of seen) {
    for (const [from, targets] of graph.edges.entries()) {
      if (from === node || !targets.includes(target)) continue;
      if (graph.nodes[from]?.kind === "name") seen.add(from);
      else users.push(from);
    }
  }
  return users;
}

function nodeOf({ graph }: Heap, index: number, module: Module, symbol: string): number | undefined {
  const declaration = module.declarations.findIndex((candidate) => candidate.names.includes(symbol));
  if (declaration >= 0) return graph.nodesOf[index]?.declarations[declaration];
  const inner = module.inner.findIndex((candidate) => candidate.name === symbol);
  if (inner >= 0) return graph.nodesOf[index]?.inner[inner];
  const entry = module.exports.findIndex((candidate) => candidate.name === symbol);
  return entry >= 0 ? graph.nodesOf[index]?.exports[entry] : undefined;
}

/** The path that a trace took to a node, with its root in words. */
export function describePath(
  heap: Heap,
  reach: Reach,
  node: number,
): { readonly root: string; readonly path: readonly ExplanationStep[] } {
  const nodes = pathTo(reach, node);
  const path = nodes.map((step) => stepOf(heap, step)).filter((step) => step !== undefined);
  const [first] = path;
  const root = heap.roots.find((candidate) => candidate.file === first?.file);
  const keep = keepOfNode(heap, nodes[0] ?? -1);
  const fallback = root === undefined ? "a test of live code" : `${root.purpose} root: ${root.reason}`;
  return { root: keep === undefined ? fallback : keep, path: dedupe(path) };
}

function keepOfNode({ graph }: Heap, node: number): string | undefined {
  const about = graph.nodes[node];
  const module = graph.modules[about?.module ?? -1];
  const declaration = about?.kind === "declaration" ? module?.declarations[about.index] : undefined;
  if (module === undefined || declaration === undefined) return undefined;
  const { keep } = declaration;
  if (keep !== undefined) return sayKeep(keep);
  return isInternal(module, declaration) ? "annotation: its documentation says @internal, and tests use it" : undefined;
}

/** Where a node stands; undefined for a name that several members share. */
export function stepOf({ graph }: Heap, node: number): ExplanationStep | undefined {
  const about = graph.nodes[node];
  const module = about === undefined ? undefined : graph.modules[about.module];
  if (about === undefined || module === undefined || about.kind === "name") return undefined;
  return stepIn(module, about);
}

function stepIn(module: Module, about: Exclude<GraphNode, { readonly kind: "name" }>): ExplanationStep {
  switch (about.kind) {
    case "declaration":
      return declarationStep(module, about.index);
    case "inner":
      return innerStep(module, about.index);
    case "effect":
      return effectStep(module, about.index);
    case "export":
      return { file: module.file, name: `export ${module.exports[about.index]?.name ?? ""}`, line: 1 };
    case "load":
      return { file: module.file, name: "", line: 1 };
    case "all":
      return { file: module.file, name: "all exports", line: 1 };
    default:
      return about satisfies never;
  }
}

function declarationStep(module: Module, index: number): ExplanationStep {
  const declaration = module.declarations[index];
  return {
    file: module.file,
    name: declaration?.name ?? "",
    line: lineAt(module, declaration?.parts[0]?.span.start ?? 0),
  };
}

function innerStep(module: Module, index: number): ExplanationStep {
  const inner = module.inner[index];
  return { file: module.file, name: inner?.name ?? "", line: lineAt(module, inner?.spans[0]?.start ?? 0) };
}

function effectStep(module: Module, index: number): ExplanationStep {
  const line = lineAt(module, module.effects[index]?.span.start ?? 0);
  return { file: module.file, name: `statement at line ${line}`, line };
}

function dedupe(path: readonly ExplanationStep[]): readonly ExplanationStep[] {
  return path.filter(
    (step, index) => index === 0 || step.file !== path[index - 1]?.file || step.name !== path[index - 1]?.name,
  );
}
