import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

const manifest = z.object({
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z.record(z.string(), z.unknown()).optional(),
});

/** What an installed package says of itself. */
export type InstalledPackage = {
  readonly binaries: readonly string[];
  readonly peers: readonly string[];
  /** Its declarations, where they are in index.d.ts; null when they are not. */
  readonly types: string | null;
};

/** Reads an installed package as Node would find it from a folder of the repository; null when it is not installed. */
export function readInstalledPackage(root: string, folder: string, name: string): InstalledPackage | null {
  for (let at = join(root, folder); !relative(root, at).startsWith(".."); at = dirname(at)) {
    const home = join(at, "node_modules", name);
    const text = readIfThere(join(home, "package.json"));
    if (text !== null) return parse(text, { name, home });
  }
  return null;
}

/** Whether anything is installed for a folder of the repository itself. */
export function hasInstalledPackages(root: string, folder: string): boolean {
  return existsSync(join(root, folder, "node_modules"));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** A package whose manifest has an unexpected form counts as not installed: nothing is known of it. */
function parse(
  text: string,
  { name, home }: { readonly name: string; readonly home: string },
): InstalledPackage | null {
  const read = manifest.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const { bin, peerDependencies, peerDependenciesMeta } = read.data;
  const binaries = typeof bin === "string" ? [name.replace(/^@[^/]+\//, "")] : Object.keys(bin ?? {});
  const peers = Object.keys({ ...peerDependencies, ...peerDependenciesMeta });
  return { binaries, peers, types: readIfThere(join(home, "index.d.ts")) };
}
