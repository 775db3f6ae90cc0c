import { compileGlobs } from "../core/globs.ts";
import { manifestEntries } from "../core/manifest.ts";
import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { FileMention } from "./mentions.ts";
import { isAsidePath, isTestPath } from "./paths.ts";
import type { Resolver } from "./resolve.ts";
import type { Package } from "./units.ts";

/** An entry file as knip names it, relative to the repository. */
export type KnipEntry = { readonly file: RepoPath; readonly production: boolean; readonly reason: string };

/** What the known roots are made from. */
export type RootSources = {
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly knip: readonly KnipEntry[];
  readonly mentions: readonly FileMention[];
  /** All source files. */
  readonly files: readonly RepoPath[];
  readonly isModule: (file: RepoPath) => boolean;
  readonly resolver: Resolver;
};

/** The known roots, strongest reason first: package manifests, knip, then files named in texts. One root a file. */
export function collectRoots(sources: RootSources): readonly Root[] {
  const roots = new Map<RepoPath, Root>();
  const add = (root: Root) => {
    if (sources.isModule(root.file) && !roots.has(root.file)) roots.set(root.file, root);
  };
  for (const unit of sources.packages.values()) {
    for (const root of [...manifestRoots(unit, sources.resolver), ...publishedRoots(unit, sources)]) add(root);
  }
  for (const entry of sources.knip) add(knipRoot(entry));
  for (const mention of sources.mentions) {
    add(mentionRoot(mention));
  }
  return [...roots.values()];
}

function manifestRoots(unit: Package, resolver: Resolver): readonly Root[] {
  return manifestEntries(unit.manifest)
    .flatMap((entry) => resolver.sourceOf(unit.directory, entry.target).map((file) => ({ file, entry })))
    .map(({ file, entry }) => ({
      file,
      strength: "strong",
      purpose: "production",
      reason: `${unit.manifestFile} ${entry.field}`,
    }));
}

/**
 * JavaScript that a package publishes as it stands in the repository can be imported by its path, such as the stubs
 * `adapters/express/index.js` for resolvers that know no exports map. Without a `files` list everything is published.
 */
function publishedRoots(unit: Package, { files }: RootSources): readonly Root[] {
  const { manifest, directory, manifestFile } = unit;
  if (manifest.private === true || manifest.name === undefined) return [];
  const prefix = directory === "" ? "" : `${directory}/`;
  const isListed = manifest.files === undefined ? undefined : compileGlobs(manifest.files.flatMap(toGlobs));
  const isPublished = (path: string) => isListed?.(path) ?? (manifest.exports === undefined && /^[^/]+$/.test(path));
  return files
    .filter((file) => file.startsWith(prefix) && /\.[cm]?js$/.test(file) && !isTestPath(file) && !isAsidePath(file))
    .filter((file) => isPublished(file.slice(prefix.length)))
    .map((file) => ({
      file,
      strength: "strong",
      purpose: "production",
      reason: `${manifestFile} publishes it as it is`,
    }));
}

/** A `files` entry names a file, a folder or a glob. */
function toGlobs(entry: string): readonly string[] {
  const plain = entry.replace(/^(!?)\.?\//, "$1").replace(/\/$/, "");
  return plain === "" ? [] : [plain, `${plain}/**`];
}

/** What a page or a deployment names runs in production; what another text names is kept for development. */
function mentionRoot({ file, by }: FileMention): Root {
  const reason = `named in ${by}`;
  if (isTestPath(file) || isTestPath(by)) return { file, strength: "weak", purpose: "test", reason };
  const deploys =
    /\.html?$|(^|\/)(project|angular|workspace|nest-cli|app|vercel|firebase|manifest)\.json$|(^|\/)(serverless|app|fly|wrangler|netlify|render)\.(ya?ml|toml|jsonc?)$|(^|\/)(Dockerfile[^/]*|Procfile|[^/]*\.Dockerfile)$/;
  return { file, strength: "strong", purpose: deploys.test(by) ? "production" : "development", reason };
}

function knipRoot(entry: KnipEntry): Root {
  const isTest = isTestPath(entry.file) || /\btest\b.*\bspec\b|\.(test|spec)\b/.test(entry.reason);
  if (isTest && !/\.stories\./.test(entry.file))
    return { file: entry.file, strength: "weak", purpose: "test", reason: entry.reason };
  return {
    file: entry.file,
    strength: "strong",
    purpose: entry.production ? "production" : "development",
    reason: entry.reason,
  };
}

/** Targets of a package's public fields for which no tracked source was found; data files do not count. */
export function unmappedEntries(unit: Package, resolver: Resolver): readonly string[] {
  return manifestEntries(unit.manifest)
    .map((entry) => entry.target)
    .filter(
      (target) =>
        !target.includes("*") &&
        /\.[cm]?[jt]sx?$/.test(target) &&
        resolver.sourceOf(unit.directory, target).length === 0,
    );
}
