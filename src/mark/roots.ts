import { compileGlobs } from "../core/globs.ts";
import { manifestEntries, typesOnlyPatterns, type ManifestEntry } from "../core/manifest.ts";
import type { Root } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import type { FileMention } from "./mentions.ts";
import { isAsidePath, isTestPath } from "./paths.ts";
import type { Resolver } from "./resolve.ts";
import { packageOf, type Package } from "./units.ts";

/** An entry file as knip names it, relative to the repository. */
export type KnipEntry = {
  readonly file: RepoPath;
  readonly production: boolean;
  readonly reason: string;
  /** Only knip's reading of package.json or its default patterns say so: we know that better or not less. */
  readonly guessed?: boolean | undefined;
};

/** What the known roots are made from. */
export type RootSources = {
  readonly packages: ReadonlyMap<RepoPath, Package>;
  /** Packages from which only this repository imports. */
  readonly closed: ReadonlySet<RepoPath>;
  readonly knip: readonly KnipEntry[];
  readonly mentions: readonly FileMention[];
  /** Why the configuration of knip wants a file to stay though nothing loads it. */
  readonly ignored: (file: RepoPath) => string | undefined;
  /** Files that the configuration of a bundler names. */
  readonly bundled: readonly FileMention[];
  /** All source files. */
  readonly files: readonly RepoPath[];
  readonly isModule: (file: RepoPath) => boolean;
  readonly resolver: Resolver;
};

/**
 * The known roots, strongest reason first: package manifests, knip, then files named in texts. One root a file. A file
 * that only offers types to the outside has one that keeps those; whether they are public is for the trace to say.
 */
export function collectRoots(sources: RootSources): readonly Root[] {
  const { packages, closed, isModule } = sources;
  const roots = new Map<RepoPath, Root>();
  const add = (root: Root) => {
    const known = roots.get(root.file);
    const keepsMore = known?.keeps === "load" && root.keeps === undefined;
    if (isModule(root.file) && (known === undefined || keepsMore)) roots.set(root.file, root);
  };
  const offered = [...packages.values()].flatMap((unit) => [
    ...manifestRoots(unit, sources),
    ...publishedRoots(unit, sources),
  ]);
  for (const root of offered) if (root.keeps !== "types") add(root);
  const types = new Map(offered.flatMap((root) => (root.keeps === "types" ? [[root.file, root] as const] : [])));
  const isClosed = (file: RepoPath) => types.has(file) || closed.has(packageOf(file, packages)?.directory ?? "/");
  for (const entry of sources.knip) if (entry.guessed !== true || !isClosed(entry.file)) add(knipRoot(entry));
  for (const root of [...ignoredRoots(sources), ...sources.bundled.flatMap(bundledRoots)]) add(root);
  for (const mention of sources.mentions) {
    // The manifest and the settings of the compiler say where a file is, not that its exports are used.
    const isPlacing = /(^|\/)(package|[tj]sconfig[\w.-]*)\.json$/.test(mention.by);
    if (!isPlacing || roots.get(mention.file)?.keeps !== "load") add(mentionRoot(mention));
  }
  const isWhole = (file: RepoPath) => roots.has(file) && roots.get(file)?.keeps === undefined;
  return [...roots.values(), ...[...types.values()].filter(({ file }) => isModule(file) && !isWhole(file))];
}

function ignoredRoots({ files, ignored }: RootSources): readonly Root[] {
  return files.flatMap((file): readonly Root[] => {
    const reason = ignored(file);
    return reason === undefined ? [] : [{ file, strength: "strong", purpose: "development", keeps: "load", reason }];
  });
}

function bundledRoots({ file, by }: FileMention): readonly Root[] {
  if (isTestPath(file) || isAsidePath(file)) return [];
  return [{ file, strength: "strong", purpose: "production", reason: `bundled by ${by}` }];
}

function manifestRoots(unit: Package, { closed, resolver }: RootSources): readonly Root[] {
  const entries = manifestEntries(unit.manifest);
  const typesOnly = typesOnlyPatterns(entries);
  const scope = closed.has(unit.directory) ? closedScope : (entry: ManifestEntry) => openScope(entry, typesOnly);
  return entries.flatMap((entry) => {
    const offer = scope(entry);
    if (offer === null) return [];
    return resolver.sourceOf(unit.directory, entry.target).map((file) => ({
      file,
      strength: "strong" as const,
      purpose: "production" as const,
      reason: `${unit.manifestFile} ${entry.field}${offer.because}`,
      ...(offer.keeps === undefined ? {} : { keeps: offer.keeps }),
    }));
  });
}

/** What of the files behind an entry is a root; null for none of them. */
type Scope = { readonly keeps?: Root["keeps"]; readonly because: string } | null;

/** What a pattern offers to this repository only is found by who imports it. */
function closedScope({ target, subpath }: ManifestEntry): Scope {
  if (subpath === null) return { because: "" };
  if (target.includes("*")) return null;
  return { keeps: "load", because: ", from which only this repository imports" };
}

function openScope({ target, subpath }: ManifestEntry, typesOnly: ReadonlySet<string>): Scope {
  if (subpath === null || !target.includes("*") || !typesOnly.has(subpath)) return { because: "" };
  return { keeps: "types", because: ", which offers types only, beside types that other entries use" };
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

/**
 * What a package offers to others and no tracked source stands for, as targets. A subpath counts as found when one of
 * its conditions is; data, patterns, programs and replacements do not count, and neither does what `npm init` writes into
 * a package that nobody can depend on.
 */
export function unmappedEntries(unit: Package, resolver: Resolver): readonly string[] {
  const offers = manifestEntries(unit.manifest).filter(
    ({ target, subpath }) => subpath !== null && !target.includes("*") && /\.[cm]?[jt]sx?$/.test(target),
  );
  const isMapped = (target: string) => resolver.sourceOf(unit.directory, target).length > 0;
  const missing = [...Map.groupBy(offers, ({ subpath }) => subpath).values()].flatMap((group) =>
    group.some(({ target }) => isMapped(target)) ? [] : group.slice(0, 1).map(({ target }) => target),
  );
  const isLeftover = unit.manifest.private === true || unit.manifest.name === undefined;
  return isLeftover ? missing.filter((target) => !/^(\.\/)?(index|main)\.js$/.test(target)) : missing;
}
