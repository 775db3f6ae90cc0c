import type { AmbiguousRoot, Garbage } from "../core/candidate.ts";
import type { Heap, UnusedDependency } from "../mark/heap.ts";
import type { Pass } from "./pass.ts";

/** Packages that nothing imports, runs or mentions. */
export const unusedDependency: Pass = {
  name: "unused-dependency",
  doc: {
    summary: "Takes a package out of package.json, and out of the lock file, that nothing imports, runs or mentions.",
    why: "knip knows no use of it in any plug-in, script or binary, no tracked file imports it, and no tracked text names it.",
    keeps: [
      "packages named in any script, configuration, workflow or hook",
      "peers of installed packages and @types of packages in use",
      "everything that is not installed, since its programs and peers are not known",
    ],
  },
  *find(heap) {
    for (const dependency of heap.unusedDependencies) {
      // Without an install nobody knows what programs a package brings, or who asks for it as a peer.
      if (dependency.binaries === null || dependency.peerOf.length > 0) continue;
      yield toGarbage(heap, dependency);
    }
  },
};

function toGarbage(heap: Heap, dependency: UnusedDependency): Garbage {
  const { manifest, section, name } = dependency;
  const text = heap.manifestTexts.get(manifest) ?? "";
  const at = text.indexOf(`"${name}"`, Math.max(0, text.indexOf(`"${section}"`)));
  const line = text.slice(0, Math.max(0, at)).split("\n").length;
  const place = { file: manifest, name, line };
  return {
    pass: "unused-dependency",
    category: "unused-dependency",
    subject: place,
    members: [{ ...place, endLine: line }],
    evidence: [{ kind: "no-reference", text: "no import, script, binary, configuration or plug-in uses it" }],
    ambiguous: [name, ...(dependency.binaries ?? [])].flatMap((word) => mentionsOf(heap, word, manifest)),
    exposure: "local",
    edits: [{ kind: "remove-json", file: manifest, path: [section, name] }],
    requires: [],
  };
}

function mentionsOf(heap: Heap, name: string, manifest: string): readonly AmbiguousRoot[] {
  const found: AmbiguousRoot[] = [];
  const pattern = new RegExp(`(?<![\\w@/.-])${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?![\\w-])`);
  const sources = [...heap.texts, ...heap.graph.modules];
  for (const { file, text } of sources) {
    if (file.endsWith(".md") || !text.includes(name)) continue;
    const rest = /(^|\/)package\.json$/.test(file) ? withoutDependencies(text) : text;
    const at = rest.search(pattern);
    if (at >= 0)
      found.push({
        kind: "text-file",
        file,
        line: rest.slice(0, at).split("\n").length,
        text: `${name} is named there${file === manifest ? " outside the dependency lists" : ""}`,
      });
  }
  return found.slice(0, 20);
}

/** Blanks the dependency lists, which name every package. */
function withoutDependencies(text: string): string {
  return text.replace(/"(dev|peer|optional)?[dD]ependencies"\s*:\s*\{[^}]*\}/g, (section) =>
    section.replace(/[^\n]/g, " "),
  );
}
