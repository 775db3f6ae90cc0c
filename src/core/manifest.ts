import { z } from "zod";

const dependencies = z.record(z.string(), z.unknown()).optional().catch(undefined);
const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  private: z.boolean().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  main: z.string().optional().catch(undefined),
  module: z.string().optional().catch(undefined),
  browser: z.unknown().optional(),
  types: z.string().optional().catch(undefined),
  typings: z.string().optional().catch(undefined),
  bin: z.unknown().optional(),
  files: z.array(z.string()).optional().catch(undefined),
  exports: z.unknown().optional(),
  imports: z.unknown().optional(),
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
export type ManifestEntry = { readonly target: string; readonly field: string; readonly types: boolean };

/** Every path in `exports`, `main`, `module`, `browser`, `types` and `bin`, whatever the condition. */
export function manifestEntries(manifest: Manifest): readonly ManifestEntry[] {
  const plain = (["main", "module", "types", "typings"] as const).flatMap((field) => {
    const target = manifest[field];
    return target === undefined ? [] : [{ target, field, types: field === "types" || field === "typings" }];
  });
  return [
    ...plain,
    ...leaves(manifest.exports, "exports", false),
    ...leaves(manifest.bin, "bin", false),
    ...leaves(manifest.browser, "browser", false),
  ];
}

function leaves(value: unknown, field: string, types: boolean): readonly ManifestEntry[] {
  if (typeof value === "string") return /^(\.\/|[\w@])/.test(value) ? [{ target: value, field, types }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, key.startsWith(".") ? `${field} "${key}"` : field, types || key.startsWith("types")),
  );
}
