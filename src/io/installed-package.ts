import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

const manifest = z.object({
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
});

/** What an installed package says of itself. */
export type InstalledPackage = { readonly binaries: readonly string[]; readonly peers: readonly string[] };

/** Reads an installed package as Node would find it from a folder of the repository; null when it is not installed. */
export function readInstalledPackage(root: string, folder: string, name: string): InstalledPackage | null {
  for (let at = join(root, folder); !relative(root, at).startsWith(".."); at = dirname(at)) {
    const text = readIfThere(join(at, "node_modules", name, "package.json"));
    if (text !== null) return parse(text, name);
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
function parse(text: string, name: string): InstalledPackage | null {
  const read = manifest.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const { bin, peerDependencies } = read.data;
  const binaries = typeof bin === "string" ? [name.replace(/^@[^/]+\//, "")] : Object.keys(bin ?? {});
  return { binaries, peers: Object.keys(peerDependencies ?? {}) };
}
