import type { Keep } from "../core/keep.ts";
import type { Root } from "../core/marking.ts";
import type { Graph } from "./graph.ts";
import { trace } from "./reach.ts";
import { rootNodes } from "./root-nodes.ts";

/**
 * The annotations of all modules, each with whether what it keeps is in use anyway. Of members nobody can say: they stay
 * for their name, with or without an annotation.
 */
export function judgeKeeps(graph: Graph, roots: readonly Root[]): readonly Keep[] {
  if (!graph.modules.some(({ keeps }) => keeps.length > 0)) return [];
  const { reached } = trace(graph, rootNodes(graph, roots, "strong"));
  const rootReasons = new Map(roots.map(({ file, reason }) => [file, reason]));
  return graph.modules.flatMap((module, index) =>
    module.keeps.map((keep): Keep => {
      const nodes = graph.nodesOf[index];
      if (keep.scope === "file") {
        const isKeptOnly = rootReasons.get(module.file)?.startsWith("nightsweep-keep") === true;
        return { ...keep, isUnneeded: !isKeptOnly && reached[nodes?.load ?? -1] === 1 };
      }
      const kept = module.declarations.flatMap(({ name }, at) =>
        keep.names.includes(name) ? [reached[nodes?.declarations[at] ?? -1] === 1] : [],
      );
      return {
        ...keep,
        isUnneeded: kept.length === 0 ? null : kept.every(Boolean) && kept.length === keep.names.length,
      };
    }),
  );
}
