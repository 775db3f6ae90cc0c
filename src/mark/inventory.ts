import { createHash } from "node:crypto";
import type { Inventory, Thing } from "../core/backtest.ts";
import type { Manifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import type { Span } from "../core/edit.ts";
import type { Heap } from "./heap.ts";

/**
 * Everything that has a name, with whether something alive reaches it: files, declarations, parts of declarations that
 * can be used by name, and dependencies. Names are those that candidates have.
 */
export function takeInventory(heap: Heap): Inventory {
  const inventory = new Map<RepoPath, readonly Thing[]>();
  for (const index of heap.graph.modules.keys()) {
    const module = heap.graph.modules[index];
    if (module !== undefined) inventory.set(module.file, thingsOf(heap, index));
  }
  for (const { manifestFile, manifest } of heap.packages.values())
    inventory.set(manifestFile, dependenciesOf(heap, manifestFile, manifest));
  return inventory;
}

function thingsOf({ graph, live }: Heap, index: number): readonly Thing[] {
  const module = graph.modules[index];
  const nodes = graph.nodesOf[index];
  if (module === undefined || nodes === undefined) return [];
  const isLive = (node: number | undefined) => live.reached[node ?? -1] === 1;
  const textOf = (spans: readonly Span[]) => spans.map(({ start, end }) => module.text.slice(start, end)).join("\n");
  const name = module.file.slice(module.file.lastIndexOf("/") + 1);
  return [
    { name, hash: hashOf(module.text), live: isLive(nodes.load) },
    ...module.declarations.map((declaration, at) => ({
      name: declaration.name,
      hash: hashOf(textOf(declaration.parts.map(({ span }) => span))),
      live: isLive(nodes.declarations[at]),
    })),
    ...module.inner.flatMap((part, at) =>
      part.member === undefined
        ? []
        : [{ name: part.name, hash: hashOf(textOf(part.spans)), live: isLive(nodes.inner[at]) }],
    ),
  ];
}

function dependenciesOf(heap: Heap, file: RepoPath, manifest: Manifest): readonly Thing[] {
  const sections = [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies];
  const names = new Set([...sections, manifest.optionalDependencies].flatMap((section) => Object.keys(section ?? {})));
  const unused = new Set(heap.unusedDependencies.flatMap((one) => (one.manifest === file ? [one.name] : [])));
  return [...names].map((name) => ({ name, hash: hashOf(name), live: !unused.has(name) }));
}

/** Whether others may name it is no part of what it is. */
function hashOf(text: string): string {
  const bare = text.replace(/\s+/g, "").replace(/^export(default)?/, "");
  return createHash("sha256").update(bare).digest("base64url").slice(0, 12);
}
