import type { Evidence, Garbage, Member, Place } from "../core/candidate.ts";
import type { Edit, Span } from "../core/edit.ts";
import { exposures, type Category, type Exposure } from "../core/policy.ts";
import type { Cluster } from "../mark/clusters.ts";
import type { Heap } from "../mark/heap.ts";
import { lineAt, type Inner, type Module } from "../mark/module.ts";
import { isTestPath } from "../mark/paths.ts";
import { ambiguousOf } from "./ambiguous.ts";
import { categoryOf, hold, isExported, isTypeOnly, ownEdits, spansOf, type Held } from "./held.ts";
import { sitesOf } from "./sites.ts";

/** The clusters of one category as garbage. */
export function* garbageOf(heap: Heap, category: Category): Generator<Garbage> {
  for (const cluster of heap.clusters)
    if (classify(heap, cluster) === category) yield toGarbage(heap, cluster, category);
}

/** The kinds of the clusters of a heap: each pass asks for those of all. */
const kindsOf = new WeakMap<Heap, ReadonlyMap<Cluster, Category>>();

function classify(heap: Heap, cluster: Cluster): Category {
  const known = kindsOf.get(heap) ?? classifyAll(heap);
  kindsOf.set(heap, known);
  return known.get(cluster) ?? "unused-file";
}

/** A cluster belongs to the kind of thing that stands at its head. */
function classifyAll(heap: Heap): ReadonlyMap<Cluster, Category> {
  const orphans = new Set(heap.orphanTests);
  const imported = importedByLiveFiles(heap);
  const kindOf = (cluster: Cluster): Category => {
    if (cluster.nodes.some((node) => orphans.has(node))) return "orphan-test";
    const head = headOf(heap, cluster);
    if (head === undefined) return "unused-file";
    if (cluster.files.includes(head.index) && !imported.has(head.index)) return "unused-file";
    return categoryOf(head);
  };
  return new Map(heap.clusters.map((cluster) => [cluster, kindOf(cluster)]));
}

function headOf(heap: Heap, cluster: Cluster): Held | undefined {
  // A file of re-exports only declares nothing and heads its cluster all the same.
  if (cluster.head.length === 0 && cluster.files.length > 0) return undefined;
  const held = (cluster.head.length > 0 ? cluster.head : cluster.nodes)
    .map((node) => hold(heap, node))
    .filter((item) => item !== undefined);
  const production = held.filter(({ module }) => !isTestPath(module.file));
  const whole = production.filter(({ kind }) => kind === "declaration");
  return (
    whole.find((item) => !isTypeOnly(item) && isExported(item)) ??
    whole.find(isExported) ??
    whole[0] ??
    production[0] ??
    held[0]
  );
}

function importedByLiveFiles({ graph, live }: Heap): ReadonlySet<number> {
  return new Set(
    graph.modules.flatMap((module, index) =>
      live.reached[graph.nodesOf[index]?.load ?? -1] === 1
        ? module.statements.flatMap(({ specifier }) => graph.exportIndex.targets(index, specifier))
        : [],
    ),
  );
}

function toGarbage(heap: Heap, cluster: Cluster, category: Category): Garbage {
  const subject = subjectOf(heap, cluster, category);
  return {
    pass: category,
    category,
    subject,
    members: membersOf(heap, cluster),
    evidence: evidenceOf(heap, cluster, category),
    ambiguous: ambiguousOf(heap, cluster),
    exposure: exposureOf(heap, cluster),
    edits: editsOf(heap, cluster),
    requires: cluster.requires.flatMap((index) => {
      const other = heap.clusters[index];
      if (other === undefined) return [];
      const kind = classify(heap, other);
      return [garbageKey({ category: kind, subject: subjectOf(heap, other, kind) })];
    }),
  };
}

/** How `requires` names other garbage; a name may stand for garbage of several kinds, such as a local of that name. */
export function garbageKey({ category, subject }: Pick<Garbage, "category" | "subject">): string {
  return `${category} ${subject.file}#${subject.name}`;
}

function subjectOf(heap: Heap, cluster: Cluster, category: Category): Place {
  const head = headOf(heap, cluster);
  const file = heap.graph.modules[head?.index ?? cluster.files[0] ?? -1];
  if (head === undefined || category === "unused-file")
    return { file: file?.file ?? "", name: baseName(file?.file ?? ""), line: 1 };
  return {
    file: head.module.file,
    name: head.name,
    line: lineAt(head.module, head.spans[0]?.start ?? 0),
  };
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function membersOf(heap: Heap, cluster: Cluster): readonly Member[] {
  const files = cluster.files.flatMap((index) => {
    const module = heap.graph.modules[index];
    return module === undefined
      ? []
      : [{ file: module.file, name: baseName(module.file), line: 1, endLine: module.lineStarts.length }];
  });
  return [...files, ...cluster.nodes.flatMap((node) => membersOfNode(heap, node))];
}

function membersOfNode(heap: Heap, node: number): readonly Member[] {
  const held = hold(heap, node);
  if (held !== undefined) {
    return placesOf(held).map((span) => ({
      file: held.module.file,
      name: held.name,
      ...linesOf(held.module, span),
    }));
  }
  const about = heap.graph.nodes[node];
  const module =
    about?.kind === "effect" && heap.orphanTests.includes(node) ? heap.graph.modules[about.module] : undefined;
  const effect = about?.kind === "effect" ? module?.effects[about.index] : undefined;
  if (module === undefined || effect === undefined) return [];
  const title = /["'`]([^"'`\n]{1,80})/.exec(module.text.slice(effect.span.start, effect.span.end))?.[1] ?? "test";
  return [{ file: module.file, name: title, ...linesOf(module, effect.span) }];
}

/** Of a choice the side that goes is what it is about; the rest is brackets and words. */
function placesOf(held: Held): readonly Span[] {
  if (held.kind === "declaration" || held.inner.because === undefined) return held.spans;
  return held.spans.toSorted((one, other) => other.end - other.start - (one.end - one.start)).slice(0, 1);
}

function linesOf(module: Module, span: Span): { readonly line: number; readonly endLine: number } {
  return { line: lineAt(module, span.start), endLine: lineAt(module, Math.max(span.start, span.end - 1)) };
}

function evidenceOf(heap: Heap, cluster: Cluster, category: Category): readonly Evidence[] {
  const count = (purpose: string) => heap.roots.filter((root) => root.purpose === purpose).length;
  const roots = `${heap.roots.length} roots (${count("production")} production, ${count("development")} development, ${count("test")} test)`;
  const reach: Evidence =
    category === "orphan-test"
      ? {
          kind: "tests-only",
          text: `of ${roots} only tests reach it, and those tests use no other code of this repository`,
        }
      : { kind: "unreachable", text: `none of ${roots} reaches it` };
  const head = headOf(heap, cluster);
  const part: readonly Evidence[] = head?.kind === "inner" ? partEvidence(head.inner) : [];
  const because = head?.kind === "inner" ? head.inner.because : undefined;
  const rest = cluster.nodes.length - cluster.head.length;
  const cascade: readonly Evidence[] =
    rest > 0 ? [{ kind: "cascade", text: `${rest} more that only it uses ${rest === 1 ? "goes" : "go"} with it` }] : [];
  const cycle: readonly Evidence[] =
    cluster.head.length > 1 && cluster.files.length === 0 && category !== "orphan-test"
      ? [{ kind: "cycle", text: `${cluster.head.length} declarations use only each other` }]
      : [];
  if (because !== undefined) return [{ kind: "constant", text: because }, ...cascade];
  return [
    reach,
    ...part,
    ...cycle,
    ...cascade,
    { kind: "effect-free", text: "evaluating it does nothing that can be noticed" },
  ];
}

function partEvidence({ member }: Inner): readonly Evidence[] {
  if (member === undefined) return [];
  const texts = {
    name: `no live code, string or text spells the name ${member.name}`,
    class: `nothing alive in its class spells the name ${member.name}`,
    qualified: `nothing alive takes ${member.name} of it, and nothing takes it as a whole`,
  };
  return [{ kind: "no-reference", text: texts[member.use] }];
}

/** As far as the member that is seen furthest. */
function exposureOf(heap: Heap, cluster: Cluster): Exposure {
  const seen = new Set(cluster.nodes.map((node) => exposureOfNode(heap, node)));
  return exposures.findLast((exposure) => seen.has(exposure)) ?? "local";
}

function exposureOfNode(heap: Heap, node: number): Exposure {
  const held = hold(heap, node);
  if (held === undefined || !isExported(held)) return "local";
  let outermost = node;
  for (let holder = node; holder >= 0; holder = heap.graph.holderOf[holder] ?? -1) outermost = holder;
  return heap.offers.get(outermost) ?? "internal";
}

function editsOf(heap: Heap, cluster: Cluster): readonly Edit[] {
  const { graph } = heap;
  const sites = sitesOf(heap);
  const deadFiles = new Set(cluster.files);
  const deletions = cluster.files.flatMap((index): readonly Edit[] => {
    const file = graph.modules[index]?.file;
    return file === undefined ? [] : [{ kind: "delete-file", file }];
  });
  const inLiveFiles = cluster.nodes.filter((node) => !deadFiles.has(graph.nodes[node]?.module ?? -1));
  const own = inLiveFiles.flatMap((node) => editsOfNode(heap, node));
  const spans = new Map<number, Span[]>();
  for (const node of inLiveFiles) {
    const module = graph.nodes[node]?.module ?? -1;
    spans.set(module, [...(spans.get(module) ?? []), ...spansOf(heap, node)]);
  }
  const imports = [...spans].flatMap(([module, removed]) => sites.importsUsedIn(module, removed));
  return [...deletions, ...own, ...sites.of(cluster.nodes, cluster.files), ...imports];
}

function editsOfNode(heap: Heap, node: number): readonly Edit[] {
  const held = hold(heap, node);
  const file = heap.graph.modules[heap.graph.nodes[node]?.module ?? -1]?.file ?? "";
  return held === undefined ? spansOf(heap, node).map((span) => ({ kind: "remove", file, span })) : ownEdits(held);
}
