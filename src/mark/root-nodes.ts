import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { Graph } from "./graph.ts";
import { trace } from "./reach.ts";

/** The nodes that the roots of one strength keep. */
export function rootNodes(graph: Graph, roots: readonly Root[], strength: Root["strength"]): readonly number[] {
  return roots.filter((root) => root.strength === strength).flatMap((root) => keptOf(graph, root));
}

function keptOf(graph: Graph, { file, keeps, purpose }: Root): readonly number[] {
  const index = graph.indexOf.get(file) ?? -1;
  const nodes = graph.nodesOf[index];
  if (nodes === undefined) return [];
  if (keeps === "types") return typesOf(graph, file).exported;
  if (keeps === "load") return [nodes.load];
  // Whatever loads an entry of the program may call what its classes have.
  return [nodes.load, nodes.all, ...(purpose === "production" ? (graph.offered.get(index) ?? []) : [])];
}

/** Types are public where those beside them are: that is where users of the package found the ones they import. */
export function withPublicTypes(graph: Graph, found: readonly Root[]): readonly Root[] {
  if (!found.some(({ keeps }) => keeps === "types")) return found;
  const { reached } = trace(
    graph,
    rootNodes(
      graph,
      found.filter(({ keeps, purpose }) => keeps !== "types" && purpose === "production"),
      "strong",
    ),
  );
  return found.filter(
    ({ keeps, file }) => keeps !== "types" || typesOf(graph, file).declared.some((node) => reached[node] === 1),
  );
}

/** The types that a file declares and exports, as declarations and as exports. */
function typesOf(
  graph: Graph,
  file: RepoPath,
): { readonly declared: readonly number[]; readonly exported: readonly number[] } {
  const index = graph.indexOf.get(file) ?? -1;
  const module = graph.modules[index];
  const nodes = graph.nodesOf[index];
  if (module === undefined || nodes === undefined) return { declared: [], exported: [] };
  const types = new Set(
    module.declarations.flatMap(({ typeOnly, kind, names }) => (typeOnly || kind === "enum" ? names : [])),
  );
  const exported = module.exports.flatMap((entry, position) =>
    entry.source.kind === "local" && types.has(entry.source.local) ? [nodes.exports[position] ?? -1] : [],
  );
  const declared = module.declarations.flatMap(({ name }, position) =>
    types.has(name) ? [nodes.declarations[position] ?? -1] : [],
  );
  return { declared, exported };
}
