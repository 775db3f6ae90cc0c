import { noIgnores } from "../core/knip-ignores.ts";
import type { Unit } from "../core/marking.ts";
import type { RepoPath } from "../core/names.ts";
import { keepsInMarkup } from "./annotations.ts";
import { askEveryRoot } from "./ask-roots.ts";
import { findAutoImports } from "./auto-imports.ts";
import { findClosedPackages, findOffers } from "./audience.ts";
import { clusterGarbage } from "./clusters.ts";
import { describeDependencies } from "./dependencies.ts";
import { foldAcross } from "./fold-imports.ts";
import { enumValue } from "./enum-value.ts";
import { buildGraph, type Graph } from "./graph.ts";
import { describeMarking, raiseAlarms } from "./footing.ts";
import type { Heap, Marked } from "./heap.ts";
import { judgeKeeps } from "./judge-keeps.ts";
import { keepIgnored, partIgnored } from "./keep-ignored.ts";
import { readIgnores } from "./knip-ignores.ts";
import { openMemory } from "./memory.ts";
import { markLiveness, type Liveness } from "./liveness.ts";
import {
  collectWords,
  findBundled,
  findFileMentions,
  findNameMentions,
  isNamedInTexts,
  type NameMentions,
  type TextFile,
} from "./mentions.ts";
import type { Module } from "./module.ts";
import { folderOf, isAsidePath, isNamedAsGenerated, isTypeTestPath } from "./paths.ts";
import { proposeEntries } from "./propose-entries.ts";
import type { Reach } from "./reach.ts";
import type { MarkRequest } from "./request.ts";
import {
  createCompilerSettings,
  findBrokenTsconfigs,
  readPackages,
  readSources,
  requireSources,
  type Sources,
} from "./read-sources.ts";
import { hasInstalledPackages } from "../io/installed-package.ts";
import { findReadFolders } from "./read-folders.ts";
import { refineByTypes } from "./typed/refine.ts";
import { createResolver, type Resolver } from "./resolve.ts";
import { collectRoots, unmappedEntries, type RootSources } from "./roots.ts";
import type { Territory } from "./territory.ts";
import { isPublished, packageOf, type Package } from "./units.ts";

/** Marks a repository: reads every tracked source file once, finds the roots, and traces what they keep alive. */
export async function markRepository(request: MarkRequest): Promise<Marked> {
  const packages = readPackages(request);
  requireSources(request);
  const memory = openMemory(request.memoryFolder);
  const ask = () => (request.askRoots ?? askEveryRoot)(request, packages);
  // knip looks in a process of its own while the files are read here; what it throws is thrown where it is awaited.
  const early = memory.isEmpty ? ask() : undefined;
  early?.catch(() => undefined);
  const sources = readSources(request, memory);
  const resolver = createResolver({ files: new Set(request.files), packages, ...createCompilerSettings(request) });
  const units = describeUnits(packages, resolver);
  const frozen = createExemption(sources.modules, packages, units);
  const modules = foldAcross(sources.modules, { resolver, rules: request.flags ?? [], read: memory.readModule });
  const untyped = graphOf({ ...sources, modules }, packages, { resolver, exempt: frozen });
  const knip = await memory.askRoots({ request, packages, ...sources, resolver }, () => early ?? ask());
  memory.save();
  const closed = findClosedPackages(packages, (name) => isNamedInTexts(name, sources.texts));
  const knipKeeps = readIgnores(knip.ignores ?? noIgnores);
  const exempt = (file: RepoPath) => frozen(file) ?? knipKeeps.file(file);
  const about = { packages, closed, resolver, files: request.files, ignored: knipKeeps.load };
  const known = collectRoots({ ...about, ...findNamed(sources, resolver, untyped), knip: knip.entries });
  const { graph, reasons, ...liveness } = await settle(keepIgnored(untyped, knipKeeps), request, (graph) =>
    markLiveness(graph, known, territoryOf({ request, modules: sources.modules, packages, closed, exempt })),
  );
  const unused = describeDependencies(knip.unusedDependencies, { ...request, ...sources, packages });
  const { unusedDependencies, ignoredDependencies } = partIgnored(unused, knipKeeps);
  const alarms = raiseAlarms({
    graph,
    ...liveness,
    packages,
    unusedDependencies,
    configErrors: [...knip.configErrors, ...findBrokenTsconfigs(request)],
    unparsed: sources.unparsed,
    isInstalled: [...packages.keys()].some((folder) => hasInstalledPackages(request.directory, folder)),
  });
  const manifestTexts = manifestTextsIn(sources.texts);
  const facts = { graph, ...liveness, alarms, knip, packages, files: request.files };
  const heap: Heap = {
    graph,
    texts: sources.texts,
    unparsed: sources.unparsed,
    manifestTexts,
    packages,
    ...liveness,
    typeReasons: reasons,
    clusters: clusterGarbage({ graph, ...liveness }),
    mentions: findNames(graph, liveness.live, [...sources.texts, ...sources.unparsed]),
    ...describeSurface(graph, { packages, roots: liveness.roots, texts: sources.texts }),
    exempt,
    knipKeeps,
    unusedDependencies,
    ignoredDependencies,
    alarms,
    proposal: proposeEntries({ ...facts, manifestText: manifestTexts.get("package.json") }),
  };
  return { heap, marking: describeMarking(heap, units) };
}

/** The files that texts and the configurations of bundlers name. */
function findNamed(
  { modules, texts, unparsed }: Sources,
  resolver: Resolver,
  { indexOf }: Graph,
): Pick<RootSources, "mentions" | "bundled" | "isModule"> {
  return {
    mentions: findFileMentions([...texts, ...unparsed], resolver, indexOf),
    bundled: findBundled(modules, resolver),
    isModule: (file) => indexOf.has(file),
  };
}

/** What is known of the land between the roots. */
function territoryOf(about: {
  readonly request: MarkRequest;
  readonly modules: readonly Module[];
  readonly packages: ReadonlyMap<RepoPath, Package>;
  readonly closed: ReadonlySet<RepoPath>;
  readonly exempt: Territory["exempt"];
}): Territory {
  const { request, modules, packages, closed, exempt } = about;
  return {
    unitOf: createUnitFinder(request.files),
    exempt,
    isClosed: (file) => closed.has(packageOf(file, packages)?.directory ?? "/"),
    readBy: findReadFolders(modules, packages),
  };
}

/** What others than its own package see of the repository, and what people keep. */
function describeSurface(
  graph: Graph,
  { packages, roots, texts }: Pick<Heap, "packages" | "roots" | "texts">,
): Pick<Heap, "offers" | "keeps"> {
  const inMarkup = texts.flatMap(({ file, text }) => keepsInMarkup(file, text));
  return { offers: findOffers(graph, packages), keeps: [...judgeKeeps(graph, roots), ...inMarkup] };
}

/** Marks by names, then once more with what types know of the members that only a name keeps. */
async function settle(
  untyped: Graph,
  { directory, types }: MarkRequest,
  mark: (graph: Graph) => Liveness,
): Promise<Liveness & { readonly graph: Graph; readonly reasons: Heap["typeReasons"] }> {
  const first = mark(untyped);
  if (types !== true) return { ...first, graph: untyped, reasons: new Map() };
  const { graph, reasons } = await refineByTypes(untyped, first.live, directory);
  return { ...(graph === untyped ? first : mark(graph)), graph, reasons };
}

function graphOf(
  { modules, texts, unparsed }: Sources,
  packages: ReadonlyMap<RepoPath, Package>,
  { resolver, exempt }: { readonly resolver: Resolver; readonly exempt: Heap["exempt"] },
): Graph {
  return buildGraph(modules, {
    resolver,
    isFrozen: (file) => isAsidePath(file) || isTypeTestPath(file) || exempt(file) !== undefined,
    isPublished: (file) => {
      const unit = packageOf(file, packages);
      return unit === undefined || isPublished(unit);
    },
    foreignWords: collectWords([...texts, ...unparsed]),
    autoImports: findAutoImports(packages, [...texts, ...unparsed]),
  });
}

function manifestTextsIn(texts: readonly TextFile[]): Heap["manifestTexts"] {
  return new Map(texts.flatMap(({ file, text }) => (/(^|\/)package\.json$/.test(file) ? [[file, text] as const] : [])));
}

function describeUnits(packages: ReadonlyMap<RepoPath, Package>, resolver: Resolver): readonly Unit[] {
  return [...packages.values()].map((unit) => {
    const unmapped = unmappedEntries(unit, resolver);
    const base = {
      directory: unit.directory,
      name: unit.manifest.name ?? unit.manifestFile,
      private: unit.manifest.private === true,
    };
    return unmapped.length === 0
      ? base
      : { ...base, unknown: `its ${unit.manifestFile} offers ${unmapped[0] ?? ""}, whose source was not found` };
  });
}

/** A unit is the nearest folder that a tool takes for a project of its own. */
function createUnitFinder(files: readonly RepoPath[]): (file: RepoPath) => RepoPath {
  const folders = new Set(
    files.filter((file) => /(^|\/)(package|project|tsconfig(\.[\w-]+)*)\.json$/.test(file)).map(folderOf),
  );
  return (file) => {
    for (let folder = folderOf(file); ; folder = folderOf(folder))
      if (folder === "" || folders.has(folder)) return folder;
  };
}

function createExemption(
  modules: readonly Module[],
  packages: ReadonlyMap<RepoPath, Package>,
  units: readonly Unit[],
): (file: RepoPath) => string | undefined {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const unknown = new Map(
    units.flatMap((unit) => (unit.unknown === undefined ? [] : [[unit.directory, unit.unknown] as const])),
  );
  return (file) => {
    const module = byFile.get(file);
    const keep = module?.keeps.find(({ scope }) => scope === "file");
    if (keep !== undefined) return `nightsweep-keep-file: ${keep.why ?? "without a reason"}`;
    if (module?.generated === true) return "its banner, or how it is written, says that a tool wrote it";
    if (module?.declarationFile === true) return "it is a declaration file";
    if (/(^|\/)(__generated__|generated|vendor|third[_-]party|\.yarn)\//i.test(file))
      return "generated and vendored code is left alone";
    if (isNamedAsGenerated(file)) return "its name says that a tool wrote it, or fills it in";
    return unknown.get(packageOf(file, packages)?.directory ?? "");
  };
}

/** Looks for the names of dead exported values, and for the values of enums, in every text and the strings of every source. */
function findNames(graph: Graph, live: Reach, texts: readonly TextFile[]): NameMentions {
  const names = new Set<string>();
  for (const [index, module] of graph.modules.entries()) {
    const exported = new Set(
      module.exports.flatMap((entry) => (entry.source.kind === "local" ? [entry.source.local] : [])),
    );
    for (const [position, declaration] of module.declarations.entries()) {
      if (live.reached[graph.nodesOf[index]?.declarations[position] ?? -1] !== 1 && exported.has(declaration.name))
        names.add(declaration.name);
    }
    for (const inner of module.inner) if (inner.kind === "enum-member") names.add(enumValue(module, inner));
  }
  return findNameMentions(names, texts, graph.modules);
}
