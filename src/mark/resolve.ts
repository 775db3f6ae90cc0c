import { isBuiltin } from "node:module";
import { manifestEntries } from "../core/manifest.ts";
import type { RepoPath } from "../core/names.ts";
import { indexFiles } from "./file-index.ts";
import { folderOf, joinPath } from "./paths.ts";
import { findSourcesLike } from "./source-patterns.ts";
import { indexBySuffix } from "./suffix-index.ts";
import { packageOf, type Package } from "./units.ts";

/*
 * Module resolution over the list of tracked files, so that it needs no install and touches no disk. It may answer with
 * several files (platform variants, several builds of one source): more answers can only keep more code alive. A
 * specifier that it cannot place is matched by the end of its path for the same reason.
 */

/** Where a specifier leads. */
type Resolution =
  | { readonly kind: "files"; readonly files: readonly RepoPath[] }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "unresolved" };

/** Turns an alias into repository paths, as the tsconfig files above a folder define it. */
export type AliasReader = (fromFolder: RepoPath, specifier: string) => readonly RepoPath[];

/** What resolution is done against. */
export type ResolverInput = {
  readonly files: ReadonlySet<RepoPath>;
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly aliases: AliasReader;
  /** The paths in the sources that the compiler makes an output of; none when it is not said. */
  readonly sourcesOf?: (output: RepoPath) => readonly RepoPath[];
};

export type Resolver = {
  readonly resolve: (from: RepoPath, specifier: string) => Resolution;
  /** The tracked sources of a path or a pattern with `*` that may be a build output: `dist/a.js` becomes `src/a.ts`. */
  readonly sourceOf: (directory: RepoPath, target: string) => readonly RepoPath[];
  /** The tracked file or module at a path without or with an extension. */
  readonly fileAt: (path: RepoPath | null) => readonly RepoPath[];
};

const outputFolders = new Set([
  "dist",
  "lib",
  "build",
  "out",
  "output",
  "esm",
  "cjs",
  "es",
  "types",
  "umd",
  "module",
  "node",
  "browser",
  "esnext",
  "bundle",
  "bundles",
  "commonjs",
  "typings",
  "_esm",
  "_cjs",
  "_types",
  "deno",
  "prod",
  "dev",
  "development",
  "production",
]);

/** Makes a resolver with a memory of its own. */
export function createResolver(input: ResolverInput): Resolver {
  const bySuffix = indexBySuffix(input.files);
  const byName = new Map(
    [...input.packages.values()].flatMap((unit) =>
      unit.manifest.name === undefined ? [] : [[unit.manifest.name, unit] as const],
    ),
  );
  const memory = new Map<string, Resolution>();
  const findFile = indexFiles(input.files);
  const fileAt = (path: RepoPath | null): readonly RepoPath[] => (path === null ? [] : findFile(path));
  const built = (directory: RepoPath, target: string) =>
    input.sourcesOf?.(joinPath(directory, target.replace(/\.d\.([cm]?)ts$/, ".$1js")) ?? "") ?? [];
  const sourceOf = (directory: RepoPath, target: string): readonly RepoPath[] => {
    const isPattern = target.includes("*");
    const find = (path: RepoPath | null) => (isPattern ? findSourcesLike(input.files, path) : fileAt(path));
    const direct = isPattern ? [] : find(joinPath(directory, target));
    if (direct.length > 0) return direct;
    const compiled = built(directory, target)
      .map(find)
      .find((files) => files.length > 0);
    return compiled ?? candidatesOf(target, (rest, base) => find(joinPath(directory, `${base}/${rest}`)));
  };

  const resolveNow = (from: RepoPath, specifier: string): Resolution => {
    const folder = folderOf(from);
    const unit = packageOf(from, input.packages);
    const inTree = specifier.startsWith(".")
      ? relativeFiles(joinPath(folder, specifier), unit, { fileAt, sourceOf })
      : rootedFiles(specifier, unit, { fileAt, sourceOf });
    if (inTree !== undefined) return toResolution(inTree);
    const aliased = input.aliases(folder, specifier).flatMap((path) => fileAt(path));
    if (aliased.length > 0) return { kind: "files", files: [...new Set(aliased)] };
    const name = packageName(specifier);
    const workspace = byName.get(name);
    if (workspace !== undefined)
      return resolveWorkspace(workspace, specifier.slice(name.length + 1), { fileAt, sourceOf });
    if (isBuiltin(specifier) || isDeclared(name, unit, input.packages)) return { kind: "package", name };
    const suffixed = bySuffix(specifier);
    if (suffixed.length > 0) return { kind: "files", files: suffixed };
    return isPackageLike(specifier) ? { kind: "package", name } : { kind: "unresolved" };
  };

  const resolve = (from: RepoPath, rawSpecifier: string): Resolution => {
    const specifier = cleanSpecifier(rawSpecifier);
    const key = `${folderOf(from)}\0${specifier}`;
    const known = memory.get(key) ?? resolveNow(from, specifier);
    memory.set(key, known);
    return known;
  };
  return { resolve, sourceOf, fileAt };
}

type Find = Pick<Resolver, "fileAt" | "sourceOf">;

/** A launcher such as bin/cli.js imports the build output of the package: then its source is meant. */
function relativeFiles(path: RepoPath | null, unit: Package | undefined, find: Find): readonly RepoPath[] {
  const found = find.fileAt(path);
  const home = unit?.directory ?? "";
  if (found.length > 0 || path?.startsWith(home) !== true) return found;
  return find.sourceOf(home, path.slice(home.length).replace(/^\//, ""));
}

/** `/src/main.ts` of a page and `#lib/x` of a manifest's imports; undefined when the specifier is neither. */
function rootedFiles(specifier: string, unit: Package | undefined, find: Find): readonly RepoPath[] | undefined {
  if (specifier.startsWith("/")) {
    const atTop = find.fileAt(specifier.slice(1));
    return atTop.length > 0 ? atTop : find.fileAt(joinPath(unit?.directory ?? "", specifier));
  }
  if (!specifier.startsWith("#") || unit === undefined) return undefined;
  const targets = importTargets(unit, specifier).flatMap((target) => find.sourceOf(unit.directory, target));
  return targets.length > 0 ? targets : undefined;
}

function toResolution(...answers: readonly (readonly RepoPath[])[]): Resolution {
  const files = answers.find((answer) => answer.length > 0);
  return files === undefined ? { kind: "unresolved" } : { kind: "files", files };
}

/** Bundlers' extras around a path: `!!raw-loader!./x`, `./x?worker`. */
function cleanSpecifier(specifier: string): string {
  return specifier.replace(/^.*!/, "").replace(/[?].*$/, "");
}

/**
 * Drops output folders from the front of a path one by one: the first answer for what is left, in the usual source
 * folders.
 */
function candidatesOf(target: string, find: (rest: string, base: string) => readonly RepoPath[]): readonly RepoPath[] {
  const bare = target
    .replace(/^\.\//, "")
    .replace(/\.d\.[cm]?ts$|\.(min\.)?[cm]?js$|\.(umd|esm|cjs|prod|development|production)(\.min)?\.[cm]?js$/, "");
  const parts = bare.split("/");
  for (let drop = 0; drop < parts.length; drop += 1) {
    const rest = parts.slice(drop).join("/");
    for (const base of ["src", "source", "lib", ""]) {
      const found = find(rest, base);
      if (found.length > 0) return found;
    }
    if (!outputFolders.has(parts[drop] ?? "")) break;
  }
  return [];
}

/** `@scope/name` of `@scope/name/file.js`, `name` of `name/file.js`. */
export function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

function isPackageLike(specifier: string): boolean {
  return /^(@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)(\/|$)/i.test(specifier);
}

function isDeclared(name: string, unit: Package | undefined, packages: ReadonlyMap<RepoPath, Package>): boolean {
  return [unit, packages.get("")].some((owner) => {
    const manifest = owner?.manifest;
    return [
      manifest?.dependencies,
      manifest?.devDependencies,
      manifest?.peerDependencies,
      manifest?.optionalDependencies,
    ].some((section) => section?.[name] !== undefined);
  });
}

function importTargets(unit: Package, specifier: string): readonly string[] {
  const { imports } = unit.manifest;
  if (typeof imports !== "object" || imports === null) return [];
  return Object.entries(imports).flatMap(([key, value]) => {
    const [before = "", after = ""] = key.split("*");
    if (key === specifier) return textsIn(value);
    if (!key.includes("*") || !specifier.startsWith(before) || !specifier.endsWith(after)) return [];
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return textsIn(value).map((target) => target.replaceAll("*", middle));
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function resolveWorkspace(unit: Package, subpath: string, find: Find): Resolution {
  const wanted = subpath === "" ? "." : `./${subpath}`;
  const offered = exportTargets(unit.manifest.exports, wanted);
  const targets =
    offered.length > 0
      ? offered
      : subpath === ""
        ? manifestEntries(unit.manifest).flatMap(({ subpath: at, target }) => (at === "." ? [target] : []))
        : [wanted];
  const files = [...new Set(targets.flatMap((target) => find.sourceOf(unit.directory, target)))];
  if (files.length > 0) return { kind: "files", files };
  return toResolution(
    find.fileAt(joinPath(unit.directory, subpath === "" ? "src/index" : subpath)),
    find.fileAt(joinPath(unit.directory, subpath === "" ? "index" : `src/${subpath}`)),
  );
}

function exportTargets(exports: unknown, wanted: string): readonly string[] {
  if (typeof exports === "string") return wanted === "." ? [exports] : [];
  if (typeof exports !== "object" || exports === null) return [];
  const entries = Object.entries(exports);
  if (!entries.some(([key]) => key.startsWith("."))) return wanted === "." ? textsIn(exports) : [];
  return entries.flatMap(([key, value]) => {
    if (key === wanted) return textsIn(value);
    const [before = "", after = ""] = key.split("*");
    if (!key.includes("*") || !wanted.startsWith(before) || !wanted.endsWith(after)) return [];
    const middle = wanted.slice(before.length, wanted.length - after.length);
    return textsIn(value).map((target) => target.replaceAll("*", middle));
  });
}
