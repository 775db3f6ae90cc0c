import type { Garbage } from "../core/candidate.ts";
import type { Span } from "../core/edit.ts";
import { escapePattern } from "../core/patterns.ts";
import type { Heap } from "../mark/heap.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";

/** One line of a catalog in pnpm-workspace.yaml. */
type Entry = {
  readonly catalog: string;
  /** The line that names the catalog. */
  readonly head: Span;
  readonly name: string;
  readonly line: number;
  readonly span: Span;
};

/**
 * Entries of the catalogs of a pnpm workspace that no manifest, template or override asks for. One that a dependency asks
 * for which goes itself is no surer than that dependency.
 */
export function* findCatalogEntries(heap: Heap, packages: readonly Garbage[]): Generator<Garbage> {
  for (const garbage of findEntries(heap)) {
    const needed = packages.filter(({ subject }) =>
      garbage.requires.includes(`unused-dependency ${subject.file}#${subject.name}`),
    );
    yield { ...garbage, ambiguous: needed.flatMap(({ ambiguous }) => ambiguous).slice(0, mostDoubts) };
  }
}

/** More say nothing that the first ones do not. */
const mostDoubts = 20;

function* findEntries(heap: Heap): Generator<Garbage> {
  for (const { file, text } of heap.texts)
    if (/(^|\/)pnpm-workspace\.yaml$/.test(file) && !isAsidePath(file) && !isTestPath(file))
      yield* findInWorkspace(heap, file, readCatalogs(text));
}

function* findInWorkspace(heap: Heap, file: string, entries: readonly Entry[]): Generator<Garbage> {
  for (const group of Map.groupBy(entries, ({ catalog }) => catalog).values()) {
    const unused = group.filter((entry) => !isAsked(heap, entry));
    const [first] = unused;
    // A catalog that nobody takes anything from goes as a whole.
    if (first !== undefined && unused.length === group.length)
      yield toGarbage(heap, file, { entries: unused, heads: [first.head] });
    else for (const entry of unused) yield toGarbage(heap, file, { entries: [entry], heads: [] });
  }
}

type Line = { readonly indent: string; readonly name: string; readonly value: string; readonly span: Span };

function readCatalogs(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  let open: { readonly catalog: string; readonly head: Span } | undefined;
  let isNamed = false;
  for (const [index, line] of readLines(text).entries()) {
    const { indent, name, value, span } = line;
    if (name === "") continue;
    if (indent === "") {
      isNamed = name === "catalogs";
      open = name === "catalog" && value === "" ? { catalog: "default", head: span } : undefined;
    } else if (isNamed && value === "") open = { catalog: name, head: span };
    else if (open !== undefined && /^["']?[\w^~<>=*]/.test(value))
      entries.push({ ...open, name, line: index + 1, span });
  }
  return entries;
}

/** Each line as a key with its value; the name is empty for anything else. */
function readLines(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").map((whole) => {
    const line = whole.replace(/\r$/, "");
    const [, indent = "", name = "", value = ""] = /^( *)["']?([^"'#:\s]+)["']?:\s*(.*)$/.exec(line) ?? [];
    const span = { start, end: start + line.length };
    start += whole.length + 1;
    return { indent, name, value, span };
  });
}

/** Whether anything asks for it by `"name": "catalog:"`, in whatever file that is. */
function isAsked(heap: Heap, { catalog, name }: Entry): boolean {
  const which = catalog === "default" ? "(default)?" : escapePattern(catalog);
  const pattern = new RegExp(
    `(?<![\\w@/.-])["'\`]?${escapePattern(name)}["'\`]?\\s*:\\s*["'\`]?catalog:${which}(?![\\w-])`,
  );
  const leaving = new Set(leavingWith(heap, name).map(({ manifest }) => manifest));
  const texts = [...heap.texts, ...heap.graph.modules, ...heap.unparsed];
  return texts.some(({ file, text }) => {
    if (!text.includes("catalog:") || !text.includes(name)) return false;
    return pattern.test(leaving.has(file) ? text.replace(pattern, "") : text);
  });
}

/** The dependencies of this name that go themselves: their entry goes with the last of them. */
function leavingWith({ unusedDependencies }: Heap, name: string): Heap["unusedDependencies"] {
  return unusedDependencies.filter((dependency) => dependency.name === name && dependency.isDuplicate !== true);
}

type Gone = { readonly entries: readonly Entry[]; readonly heads: readonly Span[] };

function toGarbage(heap: Heap, file: string, { entries, heads }: Gone): Garbage {
  const members = entries.map(({ name, line }) => ({ file, name, line, endLine: line }));
  const { name = "", line = 1 } = members[0] ?? {};
  return {
    pass: "unused-dependency",
    category: "unused-dependency",
    subject: { file, name, line },
    members,
    evidence: entries.map((entry) => ({
      kind: "no-reference",
      text: `no package.json, template or override takes ${entry.name} from ${sayCatalog(entry)}`,
    })),
    ambiguous: [],
    exposure: "local",
    edits: [...heads, ...entries.map(({ span }) => span)].map((span) => ({
      kind: "replace",
      file,
      span,
      text: "",
      drops: true,
    })),
    requires: entries.flatMap((entry) =>
      leavingWith(heap, entry.name).map(({ manifest }) => `unused-dependency ${manifest}#${entry.name}`),
    ),
  };
}

function sayCatalog({ catalog }: Entry): string {
  return catalog === "default" ? "the catalog" : `the catalog ${catalog}`;
}
