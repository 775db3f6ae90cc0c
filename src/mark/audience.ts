import { manifestEntries, type Manifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import type { Exposure } from "../core/policy.ts";
import type { Graph } from "./graph.ts";
import { isPublished, type Package } from "./units.ts";

/** Declarations that others than their own package can name, with who these others are. */
export type Offers = ReadonlyMap<number, Extract<Exposure, "workspace" | "public">>;

/**
 * What the entries of the packages lead to, by name or through `export *`: the world sees what a package offers that may
 * be published, the workspace what a private one offers. A package without a name can be imported by nobody.
 */
export function findOffers(graph: Graph, packages: ReadonlyMap<RepoPath, Package>): Offers {
  const offers = new Map<number, "workspace" | "public">();
  for (const unit of packages.values()) {
    if (unit.manifest.name === undefined) continue;
    const to = isPublished(unit) ? "public" : "workspace";
    const entries = manifestEntries(unit.manifest).filter(({ subpath }) => subpath !== null);
    const files = entries.flatMap(({ target }) => graph.resolver.sourceOf(unit.directory, target));
    for (const node of declarationsBehind(graph, new Set(files)))
      if (offers.get(node) !== "public") offers.set(node, to);
  }
  return offers;
}

/** Exports lead to declarations directly, or through the exports of other modules. */
function declarationsBehind(
  { nodes, nodesOf, indexOf, edges }: Graph,
  files: ReadonlySet<RepoPath>,
): readonly number[] {
  const pending = [...files].map((file) => nodesOf[indexOf.get(file) ?? -1]?.all ?? -1);
  const seen = new Set(pending);
  const found: number[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const kind = nodes[node]?.kind;
    if (kind === "declaration") found.push(node);
    if (kind !== "all" && kind !== "export") continue;
    for (const next of edges[node] ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return found;
}

/** Such a package is loaded by a tool that is told its name, whatever imports there are. */
const toolName =
  /(^|[/-])(plugins?|presets?|config|loaders?|reporters?|environment|theme|transform(er)?s?|runner|resolver|formatter|generator|templates?|cli|scripts?|tools?)(-|$)/;

/**
 * The packages from which only other packages of this repository import: never published, and a dependency of another
 * one. Each user of their exports is known. A private package that nobody depends on is an application or a function
 * that its host loads, so it stays open; so does one that a text or its name hands to a tool.
 */
export function findClosedPackages(
  packages: ReadonlyMap<RepoPath, Package>,
  isNamedInText: (name: string) => boolean,
): ReadonlySet<RepoPath> {
  const units = [...packages.values()];
  return new Set(
    units.flatMap(({ directory, manifest }) => {
      const { name } = manifest;
      if (name === undefined || toolName.test(name) || !isUnpublished(manifest)) return [];
      const isUsed = units.some((unit) => unit.directory !== directory && dependsOn(unit.manifest, name));
      return isUsed && !isNamedInText(name) ? [directory] : [];
    }),
  );
}

/** Node loads no TypeScript from node_modules: without a version, a package that offers its sources is for itself. */
function isUnpublished(manifest: Manifest): boolean {
  if (manifest.publishConfig !== undefined) return false;
  if (manifest.private === true) return true;
  const loaded = manifestEntries(manifest).filter(({ types }) => !types);
  return (
    (manifest.version === undefined || manifest.version === "0.0.0") &&
    loaded.length > 0 &&
    loaded.every(({ target }) => /(?<!\.d)\.[cm]?tsx?$/.test(target))
  );
}

function dependsOn(manifest: Manifest, name: string): boolean {
  const sections = [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies];
  return [...sections, manifest.optionalDependencies].some((section) => section?.[name] !== undefined);
}
