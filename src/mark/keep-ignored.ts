import type { Graph } from "./graph.ts";
import type { IgnoredDependency, UnusedDependency } from "./heap.ts";
import { tagsAbove, type KnipKeeps } from "./knip-ignores.ts";
import type { Declaration, Inner, Module } from "./module.ts";
import type { Reach } from "./reach.ts";

/**
 * The graph in which what knip is told not to report is kept like what an annotation keeps: a declaration is a root of
 * its own, and whoever holds a member holds on to it.
 */
export function keepIgnored(graph: Graph, keeps: KnipKeeps): Graph {
  const edges = [...graph.edges];
  const link = (from: number, to: number): void => {
    edges[from] = [...(edges[from] ?? []), to];
  };
  const modules = graph.modules.map((module, index): Module => {
    const ofFile = keeps.file(module.file);
    const declarations = module.declarations.map((one): Declaration => {
      const reason = ofFile ?? keeps.declaration(module, one);
      return one.keep !== undefined || reason === undefined ? one : { ...one, keep: `knip: ${reason}` };
    });
    const inner = module.inner.map((part, at): Inner => {
      const reason = ofFile ?? (part.member === undefined ? undefined : keeps.member(module.file, part.member.name));
      const node = graph.nodesOf[index]?.inner[at];
      if (reason === undefined || part.keep !== undefined || node === undefined) return part;
      link(graph.holderOf[node] ?? -1, node);
      return { ...part, keep: `knip: ${reason}` };
    });
    return { ...module, declarations, inner };
  });
  return { ...graph, modules, edges };
}

/** Unused dependencies apart: those that may be reported, and those that the configuration of knip wants to stay. */
export function partIgnored(
  dependencies: readonly UnusedDependency[],
  keeps: KnipKeeps,
): {
  readonly unusedDependencies: readonly UnusedDependency[];
  readonly ignoredDependencies: readonly IgnoredDependency[];
} {
  const asked = dependencies.map((one) => ({ one, reason: keeps.dependency(one.manifest, one.name, one.binaries) }));
  return {
    unusedDependencies: asked.flatMap(({ one, reason }) => (reason === undefined ? [one] : [])),
    ignoredDependencies: asked.flatMap(({ one, reason }) => (reason === undefined ? [] : [{ ...one, reason }])),
  };
}

/**
 * Declarations that say `@internal` and that tests use: they are exported for the tests on purpose, so that these alone
 * keep them.
 */
export function internalNodes({ modules, nodesOf }: Graph, tests: Reach): readonly number[] {
  return modules.flatMap((module, index) => {
    if (!module.text.includes("@internal")) return [];
    return module.declarations.flatMap((declaration, at) => {
      const node = nodesOf[index]?.declarations[at] ?? -1;
      return tests.reached[node] === 1 && isInternal(module, declaration) ? [node] : [];
    });
  });
}

/** Whether the documentation of a declaration says that others may see it and must not use it. */
export function isInternal({ text }: Module, { parts }: Declaration): boolean {
  return parts.some(({ span }) => tagsAbove(text, span.start).includes("@internal"));
}
