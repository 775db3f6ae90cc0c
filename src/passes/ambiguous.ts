import type { AmbiguousRoot } from "../core/candidate.ts";
import type { Cluster } from "../mark/clusters.ts";
import type { Heap } from "../mark/heap.ts";
import type { Taint } from "../mark/link-module.ts";
import { enumValue } from "../mark/enum-value.ts";
import { contains, lineAt } from "../mark/module.ts";
import { folderOf } from "../mark/paths.ts";
import { doubtsOfFile } from "./file-doubts.ts";
import { hold, isExported, isTypeOnly, spansOf, type Held } from "./held.ts";

/** Names in strings, templates and data, and folders that are loaded by a computed path. */
export function ambiguousOf(heap: Heap, cluster: Cluster): readonly AmbiguousRoot[] {
  const found: AmbiguousRoot[] = cluster.nodes.flatMap((node) => doubtsOf(heap, node));
  const own = new Set(cluster.files.map((index) => heap.graph.modules[index]?.file));
  for (const node of cluster.nodes) {
    const held = hold(heap, node);
    found.push(...exposedField(held), ...strangeClass(heap, node, held), ...valuesElsewhere(heap, held));
    if (held?.kind !== "declaration" || isTypeOnly(held) || !isExported(held)) continue;
    for (const mention of heap.mentions.get(held.name) ?? []) {
      if (mention.file !== held.module.file && !own.has(mention.file) && !goesAlong(heap, cluster, mention.file, held))
        found.push({ ...mention, text: `"${held.name}" stands there as text` });
    }
    found.push(...taintsOf(heap, held.module.file));
  }
  const ofFiles = cluster.files.flatMap((index) => doubtsOfFile(heap, index));
  return [...ofFiles, ...[...own].flatMap((file) => taintsOf(heap, file ?? "")), ...found].slice(0, 20);
}

/** Whoever copies, prints or compares an object reads all its fields. */
function exposedField(held: Held | undefined): readonly AmbiguousRoot[] {
  if (held?.kind !== "inner" || held.inner.exposed !== true) return [];
  const { file } = held.module;
  const line = lineAt(held.module, held.spans[0]?.start ?? 0);
  return [
    { kind: "computed-access", file, line, text: "whoever copies or prints the object reads it without naming it" },
  ];
}

/** Who passes `"google"` as text means `Provider.Google`, though nothing names it. */
function valuesElsewhere({ mentions }: Heap, held: Held | undefined): readonly AmbiguousRoot[] {
  const value = held?.kind === "inner" && held.inner.kind === "enum-member" ? enumValue(held.module, held.inner) : "";
  return (mentions.get(value) ?? [])
    .filter(({ file }) => file !== held?.module.file)
    .map((mention) => ({ ...mention, text: `its value "${value}" stands there as text` }));
}

/** A choice that somebody may mean to make another way. */
function doubtsOf(heap: Heap, node: number): readonly AmbiguousRoot[] {
  const held = hold(heap, node);
  const doubt = held?.kind === "inner" ? held.inner.doubt : undefined;
  if (held === undefined || doubt === undefined) return [];
  const { file } = held.module;
  return [{ kind: "developer-switch", file, line: lineAt(held.module, doubt.at), text: doubt.text }];
}

/** A class most of whose methods are spelled nowhere may be made for somebody outside, who calls them. */
function strangeClass({ graph, live }: Heap, node: number, held: Held | undefined): readonly AmbiguousRoot[] {
  if (held?.kind !== "inner" || held.inner.kind !== "class-member" || held.inner.member?.use !== "name") return [];
  const siblings = (graph.partsOf.get(graph.holderOf[node] ?? -1) ?? []).filter((part) => {
    const about = graph.nodes[part];
    const inner = about?.kind === "inner" ? graph.modules[about.module]?.inner[about.index] : undefined;
    return inner?.kind === "class-member" && inner.member?.use === "name";
  });
  const dead = siblings.filter((part) => live.reached[part] !== 1).length;
  if (dead < 2 || dead * 2 <= siblings.length) return [];
  const line = lineAt(held.module, held.spans[0]?.start ?? 0);
  const text = "most methods of its class are spelled nowhere: whoever gets its objects may call them";
  return [{ kind: "computed-access", file: held.module.file, line, text }];
}

/** A name in the title of a test that goes too is no reference. */
function goesAlong(heap: Heap, cluster: Cluster, file: string, { name }: Held): boolean {
  const index = heap.graph.indexOf.get(file);
  const module = heap.graph.modules[index ?? -1];
  if (module === undefined) return false;
  const spans = cluster.nodes
    .filter((node) => heap.graph.nodes[node]?.module === index)
    .flatMap((node) => spansOf(heap, node));
  const places = [...module.text.matchAll(new RegExp(`["'\`]${name.replaceAll("$", "\\$")}["'\`]`, "g"))];
  return places.every(({ index: at }) => spans.some((span) => contains(span, at)));
}

function taintsOf({ graph }: Heap, file: string): readonly AmbiguousRoot[] {
  const taint = graph.tainted.find((candidate) => candidate.from !== file && isTainted(file, candidate));
  if (taint === undefined) return [];
  const text = `a computed path is loaded there, which may lead into ${taint.folder}`;
  const module = graph.modules[graph.indexOf.get(taint.from) ?? -1];
  const line = module === undefined ? 1 : lineAt(module, taint.at);
  return [{ kind: "dynamic-import", file: taint.from, line, text }];
}

/** A whole source folder is not tainted by one computed import in it; a plug-in folder is. */
function isTainted(file: string, { folder, deep }: Taint): boolean {
  return folderOf(file) === folder || ((deep || folder.split("/").length > 2) && file.startsWith(`${folder}/`));
}
