import { manifestEntries, type Manifest } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import type { Package } from "./units.ts";

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
