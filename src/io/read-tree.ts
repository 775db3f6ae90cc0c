import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RepoPath } from "../core/names.ts";

/** Larger files are data or bundles: they are neither parsed nor searched. */
const maxBytes = 2_000_000;

/** The text of a tracked file. `null` for what is not a regular file, too large, or not UTF-8. */
export function readTreeText(directory: string, file: RepoPath): string | null {
  const path = join(directory, file);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > maxBytes) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch {
    return null;
  }
}
