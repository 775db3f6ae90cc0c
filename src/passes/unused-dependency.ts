import type { AmbiguousRoot, Garbage } from "../core/candidate.ts";
import { escapePattern } from "../core/patterns.ts";
import type { Heap, UnusedDependency } from "../mark/heap.ts";
import { withoutLists } from "../mark/package-lists.ts";
import { isSourceFile } from "../mark/paths.ts";
import type { Pass } from "./pass.ts";
import { findCatalogEntries } from "./unused-catalog-entry.ts";

/** Packages that nothing imports, runs or mentions. */
export const unusedDependency: Pass = {
  name: "unused-dependency",
  doc: {
    summary:
      "Takes a package out of package.json, and out of the lock file, that nothing imports, runs or mentions; and an entry out of a pnpm catalog that no manifest asks for.",
    why: "knip knows no use of it in any plug-in, script or binary, no tracked file imports it, no package asks for it as a peer, and no tracked text names it or its programs.",
    keeps: [
      "what any script, workflow or hook runs; packages named in any configuration, by a short name too, or in code that is commented out",
      "peers of installed or locked packages, patched packages, @types of packages in use or with global types",
      "helpers that compilers import, and plug-ins that a tool looks for among the dependencies",
      "what brings programs whose names neither an install nor the lock file says",
    ],
  },
  *find(heap) {
    const sources = sourcesNaming(heap);
    const packages = heap.unusedDependencies.map((dependency) => toGarbage(heap, dependency, sources));
    yield* packages;
    yield* findCatalogEntries(heap, packages);
  },
};

/** The sources that may name one of the dependencies: each is looked through once for all of them. */
function sourcesNaming({ graph, unusedDependencies }: Heap): Heap["graph"]["modules"] {
  const words = unusedDependencies.flatMap(({ name, binaries }) => [scopeOf(name) ?? name, ...binaries]);
  if (words.length === 0) return [];
  const pattern = new RegExp([...new Set(words)].map(escapePattern).join("|"));
  return graph.modules.filter(({ text }) => pattern.test(text));
}

function scopeOf(name: string): string | undefined {
  return /^@[^/]+(?=\/)/.exec(name)?.[0];
}

function toGarbage(heap: Heap, dependency: UnusedDependency, sources: Heap["graph"]["modules"]): Garbage {
  const { manifest, section, name } = dependency;
  const isDuplicate = dependency.isDuplicate === true;
  const text = heap.manifestTexts.get(manifest) ?? "";
  const at = text.indexOf(`"${name}"`, Math.max(0, text.indexOf(`"${section}"`)));
  const line = text.slice(0, Math.max(0, at)).split("\n").length;
  const place = { file: manifest, name, line };
  const mentions = [name, ...dependency.binaries].flatMap((word) =>
    mentionsOf({ texts: heap.texts, sources }, word, manifest),
  );
  const nicknames = nicknamesOf(name).flatMap((word) => nicknameMentions(heap, word));
  const siblings = siblingsOf(heap, name).map((sibling) => ({
    kind: "computed-access" as const,
    file: manifest,
    line,
    text: `${sibling} is used, and packages of one scope may load each other by name`,
  }));
  return {
    pass: "unused-dependency",
    category: "unused-dependency",
    subject: place,
    members: [{ ...place, endLine: line }],
    evidence: [
      {
        kind: "no-reference",
        text: isDuplicate
          ? "the dependencies list it too, with the same range"
          : "no import, script, binary, configuration, peer or plug-in uses it",
      },
    ],
    ambiguous: isDuplicate ? [] : [...mentions, ...nicknames, ...siblings].slice(0, 20),
    exposure: "local",
    edits: [{ kind: "remove-json", file: manifest, path: [section, name] }],
    requires: [],
  };
}

/** Another package of the same scope that the repository depends on and uses: nx loads `@nx/node` when it is told to. */
function siblingsOf(heap: Heap, name: string): readonly string[] {
  const scope = /^@(?!types\/)[^/]+\//.exec(name)?.[0];
  if (scope === undefined) return [];
  const unused = new Set(heap.unusedDependencies.map((dependency) => dependency.name));
  const listed = [...heap.packages.values()].flatMap(({ manifest }) => [
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.devDependencies ?? {}),
  ]);
  return listed.filter((other) => other.startsWith(scope) && !unused.has(other)).slice(0, 1);
}

/** Texts that list packages without using them, and prose. */
const listing = /\.mdx?$|(^|\/)(renovate|\.renovaterc|dependabot|\.ncurc|syncpack|\.syncpackrc)[\w.]*$/;

const maxMentions = 10;

type Searched = { readonly texts: Heap["texts"]; readonly sources: Heap["graph"]["modules"] };

function mentionsOf(searched: Searched, name: string, manifest: string): readonly AmbiguousRoot[] {
  const word = escapePattern(name);
  // A path that is not installed by this name, such as `docs/fruit`, is something else.
  const inText = new RegExp(`(?:(?<=node_modules/)|(?<![\\w@/.-]))${word}(?![\\w-])`, "g");
  const inCode = new RegExp(`["'\`!]${word}(/[^"'\`\\n]*)?["'\`]`, "g");
  const texts = searched.texts.filter(({ file }) => !listing.test(file));
  // A path to it may be joined of its scope and its name.
  const scope = scopeOf(name);
  const joined =
    scope === undefined ? [] : [{ name: scope, pattern: new RegExp(`["'\`]${scope}["'\`]`, "g"), manifest }];
  const sought = [{ name, pattern: inCode, manifest }, ...joined];
  const found: AmbiguousRoot[] = [];
  for (const { file, text } of texts)
    if (text.includes(name))
      found.push(...mention(file, withoutLists(file, text), { name, pattern: inText, manifest }));
  // A few say enough, and looking through every source takes seconds in a large repository.
  for (const { file, text } of searched.sources) {
    if (found.length >= maxMentions) break;
    for (const one of sought) found.push(...mention(file, text, one));
  }
  return found.slice(0, maxMentions);
}

function mention(
  file: string,
  text: string,
  { name, pattern, manifest }: { readonly name: string; readonly pattern: RegExp; readonly manifest: string },
): readonly AmbiguousRoot[] {
  if (!text.includes(name)) return [];
  const places = [...text.matchAll(pattern)].map(({ index }) => index);
  const inUse = places.find((index) => !isInComment(text, index));
  // Code that is commented out may be meant to come back; a word in the comment of a text says nothing.
  const at = inUse ?? (isSourceFile(file) ? places[0] : undefined);
  if (at === undefined) return [];
  const line = text.slice(0, at).split("\n").length;
  const where = inUse === undefined ? " in a comment" : file === manifest ? " outside the dependency lists" : "";
  return [{ kind: "text-file", file, line, text: `${name} is named there${where}` }];
}

function isInComment(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /^\s*(\/\/|\/?\*|#)|\s\/\/\s/.test(before);
}

/** Settings name plug-ins without what all of their kind are called: `airbnb` is eslint-config-airbnb. */
function nicknamesOf(name: string): readonly string[] {
  const [, scope = "", tool, rest = ""] =
    /^(@[^/]+\/)?(eslint|babel|jest|stylelint|tslint|textlint|commitlint|remark|rehype|karma|conventional-changelog|mocha|webpack|postcss|grunt|gulp|nyc)(?:-(?:plugin|config|preset|environment|runner|reporter|formatter|rule|loader|lint|transform|watch))?(?:-(.+))?$/.exec(
      name,
    ) ?? [];
  const babel = /^@babel\/(?:plugin|preset)-(.+)$/.exec(name)?.[1];
  const types = /^@types\/(.+)$/.exec(name)?.[1];
  const short = tool === undefined ? "" : `${scope}${rest}`.replace(/\/$/, "");
  return [short, babel === undefined ? "" : `@babel/${babel}`, types ?? ""].filter((word) => word !== "");
}

function nicknameMentions(heap: Heap, word: string): readonly AmbiguousRoot[] {
  const settings = /(^|\/)(\.[\w-]+rc[\w.]*|[\w.-]*config[\w.-]*\.\w+|package\.json|[\w.-]+\.(ya?ml|toml))$/;
  const pattern = new RegExp(
    `(["'\`]|-\\s+|(?:-f|--format|--reporter)[ =])(plugin:)?${escapePattern(word)}(/[^"'\`\\n]*)?(?:["'\`\\s]|$)`,
    "gm",
  );
  return [...heap.texts, ...heap.graph.modules].flatMap(({ file, text }) =>
    settings.test(file) ? mention(file, withoutLists(file, text), { name: word, pattern, manifest: "" }) : [],
  );
}
