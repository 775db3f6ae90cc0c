import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  mkdirSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Garbage } from "../../src/core/candidate.ts";
import type { FixCommit } from "../../src/core/fix.ts";
import { compileGlobs } from "../../src/core/globs.ts";
import { policySchema } from "../../src/core/policy-schema.ts";
import type { Category } from "../../src/core/policy.ts";
import type { Marked } from "../../src/mark/heap.ts";
import { markRepository } from "../../src/mark/mark.ts";
import type { AskRoots } from "../../src/mark/request.ts";
import { isTestPath } from "../../src/mark/paths.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";

/** The files of a tree by path. */
export type Tree = Readonly<Record<string, string>>;

/** Where a fixture has what a policy would say under `flags`; it is no file of the repository. */
const flagsFile = "policy-flags.json";

/** Where a fixture has what its history would say was mended. */
const fixesFile = "fix-history.json";

const lines = z.array(z.string());
const fixSchema: z.ZodType<FixCommit> = z.strictObject({
  commit: z.string(),
  date: z.string(),
  subject: z.string(),
  hunks: z.array(z.strictObject({ file: z.string(), before: lines, after: lines })),
});

/** What a fixture without a package.json gets: a package whose public API is src/index.ts. */
const defaultManifest = '{ "name": "orchard", "version": "1.0.0", "exports": "./src/index.ts" }\n';

/** Reads a fixture folder. */
export function readTree(directory: string): Tree {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(directory, path)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((path) => [path.replaceAll("\\", "/"), readFileSync(join(directory, path), "utf8")]),
  );
}

/** The cases of a pass, sorted; each is a folder with `before` and, when it collects, `after`. */
export function casesOf(pass: string): readonly string[] {
  const folder = join(import.meta.dirname, pass);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => statSync(join(folder, name)).isDirectory())
        .sort()
    : [];
}

/** Entries as knip would name them, without knip: what the name of a file says, and the top package's configuration. */
const askByName: AskRoots = ({ directory, files }, packages) => {
  const config = files.includes("knip.jsonc") ? readFileSync(join(directory, "knip.jsonc"), "utf8") : "";
  const patterns = [...config.matchAll(/^ *"([^"$]+)",$/gm)].map(([, pattern = ""]) => pattern);
  const configured = patterns.map((pattern) => ({
    production: pattern.endsWith("!"),
    matches: compileGlobs([pattern.replace(/!$/, "")]),
  }));
  return Promise.resolve({
    entries: files.flatMap((file) => {
      const isTest = /\.(test|spec)\.[cm]?[jt]sx?$/.test(file) && isTestPath(file);
      if (isTest) return [{ file, production: false, reason: "test by its name" }];
      const known = configured.find(({ matches }) => matches(file));
      return known === undefined ? [] : [{ file, production: known.production, reason: "knip.jsonc" }];
    }),
    unusedDependencies: [...packages.values()].flatMap(({ manifestFile, manifest }) =>
      (["dependencies", "devDependencies"] as const).flatMap((section) =>
        Object.keys(manifest[section] ?? {}).map((name) => ({ manifest: manifestFile, section, name })),
      ),
    ),
    configErrors: [],
  });
};

/** Marks a tree on disk and runs one pass, or all of them. */
export async function findIn(tree: Tree, pass?: Category): Promise<readonly Garbage[]> {
  const { heap } = await markTree(tree);
  return findGarbage(heap, pass === undefined ? undefined : [pass]);
}

/**
 * Writes a tree to a temporary folder and marks it; the entries are those that the file names say, unless given. One with a
 * tsconfig.json is worth asking the compiler about.
 */
export async function markTree(tree: Tree, askRoots: AskRoots = askByName): Promise<Marked> {
  const directory = mkdtempSync(join(tmpdir(), "nightsweep-fixture-"));
  try {
    const whole = withManifest(tree);
    for (const [path, text] of Object.entries(whole)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const files = Object.keys(whole).filter(
      (path) => !path.includes("node_modules/") && path !== flagsFile && path !== fixesFile,
    );
    const flags = policySchema.shape.flags.parse(JSON.parse(tree[flagsFile] ?? "[]"));
    const marked = await markRepository({ directory, files, askRoots, flags, types: "tsconfig.json" in tree });
    if (tree[fixesFile] === undefined) return marked;
    const fixes = z.array(fixSchema).parse(JSON.parse(tree[fixesFile]));
    return { ...marked, heap: { ...marked.heap, fixes } };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function withManifest(tree: Tree): Tree {
  return "package.json" in tree ? tree : { "package.json": defaultManifest, ...tree };
}

/** The tree after all edits of the garbage. */
export function sweep(tree: Tree, garbage: readonly Garbage[]): Tree {
  const swept = new Map(Object.entries(tree));
  for (const change of mergeEdits(
    garbage.flatMap(({ edits }) => edits),
    withManifest(tree),
  )) {
    if (change.kind === "delete") swept.delete(change.file);
    else swept.set(change.file, change.text);
  }
  return Object.fromEntries([...swept].sort(([a], [b]) => (a < b ? -1 : 1)));
}
