import type { Graph } from "../graph.ts";
import { ownerAt } from "../link-module.ts";
import type { Module } from "../module.ts";
import type { Reach } from "../reach.ts";

/** One place that spells the name of a member, with the node that it belongs to. */
export type Place = { readonly module: Module; readonly at: number; readonly owner: number };

/** Members of one name in related classes that only their name keeps alive, and every place that spells it. */
export type Doubtful = {
  readonly name: string;
  /** The nodes of the members, each with the class and the places that declare it. */
  readonly members: readonly { readonly node: number; readonly module: Module; readonly keys: readonly number[] }[];
  readonly places: readonly Place[];
};

/** More places than this are not worth asking about: one of them will be the one. */
const mostPlaces = 40;
/** How many names are asked about at most; each costs milliseconds. */
const mostDoubts = 400;

/**
 * The members whose name is spelled elsewhere, where it may stand for something else. Left out are those that a string or
 * untyped code spells, which no type can tell apart, and those that are plainly called: on `this`, or on something that is
 * named like the class.
 */
export function findDoubtful(graph: Graph, live: Reach): readonly Doubtful[] {
  const families = new Map<string, number[]>();
  for (const node of graph.nodes.keys()) {
    if (live.reached[node] !== 1 || !isNamed(graph, node)) continue;
    const family = graph.edges[node]?.find(
      (target) => graph.nodes[target]?.kind === "name" && graph.edges[target]?.includes(node),
    );
    const key = family === undefined ? `alone ${node}` : `family ${family}`;
    families.set(key, [...(families.get(key) ?? []), node]);
  }
  return [...families.values()].flatMap((nodes) => toDoubtful(graph, nodes)).slice(0, mostDoubts);
}

/** Whether a node is a method or accessor that its name keeps, and not its class for good. */
function isNamed(graph: Graph, node: number): boolean {
  const about = graph.nodes[node];
  const part = about?.kind === "inner" ? graph.modules[about.module]?.inner[about.index] : undefined;
  const isHeld = graph.edges[graph.holderOf[node] ?? -1]?.includes(node) === true;
  return part?.kind === "class-member" && part.member?.use === "name" && !isHeld;
}

function toDoubtful(graph: Graph, nodes: readonly number[]): readonly Doubtful[] {
  const members = nodes.flatMap((node) => {
    const about = graph.nodes[node];
    const module = about?.kind === "inner" ? graph.modules[about.module] : undefined;
    const part = about?.kind === "inner" ? module?.inner[about.index] : undefined;
    return module === undefined || part === undefined ? [] : [{ node, module, part, keys: part.member?.keys ?? [] }];
  });
  const name = members[0]?.part.member?.name ?? "";
  const owners = members.map(({ part }) => part.name.slice(0, part.name.lastIndexOf(".")));
  const places: Place[] = [];
  for (const [index, module] of graph.modules.entries()) {
    const own = graph.nodesOf[index];
    if (own === undefined) continue;
    if (isLooselySpelled(module, name)) return [];
    for (const at of module.mentions.get(name) ?? []) {
      if (
        isPlainlyMeant(
          module,
          at,
          owners,
          members.some((member) => member.module === module),
        )
      )
        return [];
      places.push({ module, at, owner: ownerAt(own, at) });
    }
  }
  return places.length === 0 || places.length > mostPlaces ? [] : [{ name, members, places }];
}

function isLooselySpelled({ looseMentions, text, file }: Module, name: string): boolean {
  const loose = looseMentions.get(name) ?? [];
  return loose.some((at) => !/\.[cm]?tsx?$/.test(file) || !text.startsWith(name, at));
}

/** `this.name` in the class, or `accountService.name` for an AccountService. */
function isPlainlyMeant({ text }: Module, at: number, owners: readonly string[], isOwnModule: boolean): boolean {
  const receiver = /([\w$]+)\s*[?!]?\.\s*$/.exec(text.slice(Math.max(0, at - 60), at))?.[1]?.toLowerCase() ?? "";
  if (receiver === "this" || receiver === "super") return isOwnModule;
  return owners.some((owner) => {
    const name = owner.toLowerCase();
    return receiver.length >= 4 && (name.includes(receiver) || receiver.includes(name));
  });
}
