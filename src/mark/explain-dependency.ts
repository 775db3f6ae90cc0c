import type { RepoPath } from "../core/names.ts";
import { NightsweepError } from "../core/errors.ts";
import { dependenciesOf, impliedUse } from "./implied-uses.ts";
import type { Heap } from "./heap.ts";
import { lineAt } from "./module.ts";
import { packageName } from "./resolve.ts";

/** Where a package of a manifest is in use. Throws NOT_FOUND when the manifest does not list it. */
export function explainDependency(heap: Heap, manifest: RepoPath, name: string): readonly string[] {
  const unit = [...heap.packages.values()].find(({ manifestFile }) => manifestFile === manifest);
  if (unit === undefined || dependenciesOf(unit.manifest)[name] === undefined)
    throw new NightsweepError("NOT_FOUND", `${manifest} lists no package ${name}`);
  const { modules } = heap.graph;
  const imports = modules.flatMap((module) => [
    ...module.statements.map(({ specifier, span }) => ({ module, specifier, at: span.start })),
    ...module.references.map(({ text, at }) => ({ module, specifier: text, at })),
  ]);
  const uses = imports.filter(({ specifier }) => packageName(specifier) === name);
  const implied = impliedUse(name, { packages: heap.packages.values(), modules });
  const ignored = heap.ignoredDependencies.find((one) => one.manifest === manifest && one.name === name);
  // Knip itself is silent about what `ignoreDependencies` names.
  const asked = ignored?.reason ?? heap.knipKeeps.dependency(manifest, name, []);
  const reason = implied ?? asked ?? "a script, a program, a configuration, a peer, a plug-in or a style uses it";
  const shown = uses.slice(0, mostUses).map(({ module, at }) => `  ${module.file}:${lineAt(module, at)}`);
  const more = uses.length > mostUses ? [`  and ${uses.length - mostUses} more`] : [];
  return [
    `${manifest}#${name} is in use.`,
    ...(uses.length === 0 ? [`  ${reason}`] : ["Imported by:", ...shown, ...more]),
  ];
}

/** Imports beyond this many are counted, not listed. */
const mostUses = 10;
