import type { KnipIgnore, NamePattern } from "../core/knip-ignores.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Reads the ignores of one package, or of all at the top, as knip takes them. */
export function describeIgnore(config: Settings, directory: string): KnipIgnore {
  const usedInFile = config["ignoreExportsUsedInFile"];
  return {
    directory,
    files: globs(config["ignore"]),
    loads: globs(config["ignoreFiles"]),
    members: patterns(config["ignoreMembers"]),
    dependencies: patterns(config["ignoreDependencies"]),
    binaries: patterns(config["ignoreBinaries"]),
    usedInFile: usedInFile === true || (typeof usedInFile === "object" && usedInFile !== null),
  };
}

/** knip gives the tags that it reports alone, then those that it never reports. */
export function describeTags(tags: unknown): {
  readonly onlyTags: readonly string[];
  readonly neverTags: readonly string[];
} {
  const lists: readonly unknown[] = Array.isArray(tags) ? tags : [];
  return { onlyTags: list(lists[0]), neverTags: list(lists[1]) };
}

/** Production's own mark behind a glob says nothing of what is ignored. */
function globs(value: unknown): readonly string[] {
  return list(value).map((glob) => glob.replace(/(?<=.)!$/, ""));
}

/** knip takes a text for an expression when it has a character that names do not have. */
function patterns(value: unknown): readonly NamePattern[] {
  const items = Array.isArray(value) ? value : [];
  return items.map((item): NamePattern => {
    if (item instanceof RegExp) return { kind: "expression", text: item.source };
    const text = String(item).replace(/(?<=.)!$/, "");
    return { kind: /[*+\\(|{^$]/.test(text) ? "expression" : "name", text };
  });
}

function list(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.map(String) : [];
}
