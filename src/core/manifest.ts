import { z } from "zod";

const text = z.string().optional().catch(undefined);
const dependencies = z.record(z.string(), z.unknown()).optional().catch(undefined);
/** The fields by which a package says what others may load of it; `publishConfig` may replace each. */
const offerFields = {
  main: text,
  module: text,
  source: text,
  "jsnext:main": text,
  types: text,
  typings: text,
  typesVersions: z.unknown().optional(),
  browser: z.unknown().optional(),
  "react-native": z.unknown().optional(),
  exports: z.unknown().optional(),
  bin: z.unknown().optional(),
};
const manifestSchema = z.object({
  ...offerFields,
  name: text,
  version: text,
  private: z.boolean().optional().catch(undefined),
  type: text,
  files: z.array(z.string()).optional().catch(undefined),
  publishConfig: z.object(offerFields).optional().catch(undefined),
  imports: z.unknown().optional(),
  workspaces: z.unknown().optional(),
  scripts: z.record(z.string(), z.string()).optional().catch(undefined),
  dependencies,
  devDependencies: dependencies,
  peerDependencies: dependencies,
  optionalDependencies: dependencies,
});

/** The fields of a package.json that the mark reads; what has an unexpected form is left out. */
export type Manifest = z.output<typeof manifestSchema>;

/** Reads a package.json; `null` when it is not an object. */
export function readManifest(text: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return null;
  }
}

/** A path that a manifest offers to the outside, and the field that says so. */
export type ManifestEntry = {
  readonly target: string;
  readonly field: string;
  /** Only the compiler looks there. */
  readonly types: boolean;
  /** What importers write behind the name of the package: `.` or `./peel`; null for programs and replacements. */
  readonly subpath: string | null;
};

type Offers = Pick<Manifest, keyof typeof offerFields>;

/** Every path in `exports`, `main`, `types`, `bin` and the like, whatever the condition, before and after publishing. */
export function manifestEntries(manifest: Manifest): readonly ManifestEntry[] {
  // Asked for every file of a package, and some list thousands of paths.
  const known = entriesOf.get(manifest) ?? readEntries(manifest);
  entriesOf.set(manifest, known);
  return known;
}

const entriesOf = new WeakMap<Manifest, readonly ManifestEntry[]>();

function readEntries(manifest: Manifest): readonly ManifestEntry[] {
  const published = manifest.publishConfig === undefined ? [] : offersOf(manifest.publishConfig);
  return [...offersOf(manifest), ...published.map((entry) => ({ ...entry, field: `publishConfig ${entry.field}` }))];
}

function offersOf(manifest: Offers): readonly ManifestEntry[] {
  const plain = (["main", "module", "source", "jsnext:main", "types", "typings"] as const).flatMap((field) => {
    const target = manifest[field];
    return target === undefined ? [] : [{ target, field, types: /^typ/.test(field), subpath: "." }];
  });
  return [
    ...plain,
    ...leaves(manifest.exports, { field: "exports", types: false, subpath: "." }),
    ...leaves(manifest.bin, { field: "bin", types: false, subpath: null }),
    ...["browser" as const, "react-native" as const].flatMap((field) =>
      leaves(manifest[field], { field, types: false, subpath: typeof manifest[field] === "string" ? "." : null }),
    ),
    ...versionedTypes(manifest.typesVersions),
  ];
}

function leaves(value: unknown, frame: Omit<ManifestEntry, "target">): readonly ManifestEntry[] {
  if (typeof value === "string") return /^(\.\/|[\w@])/.test(value) ? [{ target: value, ...frame }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const types = frame.types || key.startsWith("types");
    if (!key.startsWith(".")) return leaves(inner, { ...frame, types });
    return leaves(inner, {
      field: `${frame.field} "${key}"`,
      types,
      subpath: frame.field === "exports" ? key : frame.subpath,
    });
  });
}

/** `typesVersions`: for a range of compilers, the declarations behind each subpath. */
function versionedTypes(versions: unknown): readonly ManifestEntry[] {
  if (typeof versions !== "object" || versions === null) return [];
  return Object.values(versions).flatMap((paths: unknown) =>
    typeof paths !== "object" || paths === null
      ? []
      : Object.entries(paths).flatMap(([key, targets]) =>
          leaves(targets, { field: `typesVersions "${key}"`, types: true, subpath: `./${key}` }),
        ),
  );
}

/** The subpath patterns behind which only the compiler finds a file of its own: `"./*": { "types": "./dist/*.d.ts" }`. */
export function typesOnlyPatterns(entries: readonly ManifestEntry[]): ReadonlySet<string> {
  const patterns = entries.filter(({ target, subpath }) => subpath?.includes("*") === true && target.includes("*"));
  const loaded = new Set(patterns.flatMap(({ subpath, types }) => (types ? [] : [subpath])));
  return new Set(patterns.flatMap(({ subpath }) => (subpath === null || loaded.has(subpath) ? [] : [subpath])));
}
