import type { RepoPath } from "../../core/names.ts";
import type { Graph } from "../graph.ts";
import { lineAt } from "../module.ts";
import type { Reach } from "../reach.ts";
import type { Checker } from "./checker.ts";
import { openChecker } from "./checker.ts";
import { findDoubtful, type Doubtful, type Place } from "./doubtful.ts";

/** What types said about members that only their name keeps alive. */
export type Refined = {
  readonly graph: Graph;
  /** For members that were asked about and stay, why; by node. */
  readonly reasons: ReadonlyMap<number, string>;
};

/**
 * Asks the compiler what every mention of a doubtful name stands for. Where each is known to stand for something else, the
 * name no longer keeps the member; where one is not known, it does, and the reason is kept for who asks.
 */
export async function refineByTypes(graph: Graph, live: Reach, directory: string): Promise<Refined> {
  const doubtful = findDoubtful(graph, live);
  const reasons = new Map<number, string>();
  if (doubtful.length === 0) return { graph, reasons };
  const checker = await openChecker({ directory, sources: sourcesOf(graph, doubtful), resolve: createResolve(graph) });
  const dead = doubtful.filter((doubt) => {
    const reason = whyAlive(doubt, live, checker);
    if (reason !== undefined) for (const { node } of doubt.members) reasons.set(node, reason);
    return reason === undefined;
  });
  return { graph: dead.length === 0 ? graph : withoutNames(graph, live, dead), reasons };
}

/** The files that are asked about, and what declares global names; the compiler finds by itself what they import. */
function sourcesOf(
  { modules }: Graph,
  doubtful: readonly Doubtful[],
): readonly { readonly file: RepoPath; readonly text: string }[] {
  const asked = new Set(doubtful.flatMap(({ members, places }) => [...members, ...places].map(({ module }) => module)));
  return modules.filter(
    (module) => /\.[cm]?tsx?$/.test(module.file) && (asked.has(module) || module.ambient || module.declarationFile),
  );
}

function createResolve({ resolver, indexOf }: Graph): (from: RepoPath, specifier: string) => RepoPath | undefined {
  return (from, specifier) => {
    const resolution = resolver.resolve(from, specifier);
    const files = resolution.kind === "files" ? resolution.files : [];
    return files.find((file) => indexOf.has(file) && /\.[cm]?tsx?$/.test(file));
  };
}

/** Why a doubtful member stays; undefined when every live mention of its name stands for something else. */
function whyAlive({ members, places }: Doubtful, live: Reach, checker: Checker): string | undefined {
  const own = new Set(members.flatMap(({ module, keys }) => keys.map((at) => `${module.file} ${at}`)));
  const nodes = new Set(members.map(({ node }) => node));
  const shapes = members.map(({ module, keys }) => new Set(checker.namesBeside(module.file, keys[0] ?? -1)));
  for (const place of places) {
    if (live.reached[place.owner] !== 1 || nodes.has(place.owner)) continue;
    const meaning = checker.meaningOf(place.module.file, place.at);
    if (meaning.kind === "unknown") return `${describe(place)}: ${meaning.why}`;
    if (meaning.declared.some(({ file, at }) => own.has(`${file} ${at}`))) return `${describe(place)} uses it`;
    // A value of the class may stand wherever such a type is asked for.
    if (meaning.owners.some((required) => shapes.some((names) => required.every((name) => names.has(name)))))
      return `${describe(place)}: an object of its class may stand there`;
  }
  return undefined;
}

function describe({ module, at }: Place): string {
  return `${module.file}:${lineAt(module, at)}`;
}

/** The name no longer leads to the members; dead code that spells it still does, since it must go first. */
function withoutNames(graph: Graph, live: Reach, dead: readonly Doubtful[]): Graph {
  const freed = new Set(dead.flatMap(({ members }) => members.map(({ node }) => node)));
  const edges = graph.edges.map((targets, from) =>
    graph.nodes[from]?.kind === "name" && !isFamily(graph, from)
      ? targets.filter((target) => !freed.has(target))
      : targets,
  );
  for (const { members, places } of dead) {
    for (const { owner } of places) {
      if (live.reached[owner] === 1 && !freed.has(owner)) continue;
      edges[owner] = [...(edges[owner] ?? []), ...members.map(({ node }) => node)];
    }
  }
  return { ...graph, edges };
}

/** A node that ties the members of related classes together; those it leads to lead back to it. */
function isFamily({ edges }: Graph, node: number): boolean {
  return (edges[node] ?? []).every((member) => edges[member]?.includes(node) === true);
}
