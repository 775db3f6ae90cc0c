import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder of nightsweep's own package.json: the same from `src/` and from `dist/`. */
export const packageRoot = path.resolve(import.meta.dirname, "..", "..");

/** The version of this nightsweep. Every command line asks for it, so no schema is loaded only to read it. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageRoot, "package.json"), "utf8"));
  assert(typeof manifest === "object" && manifest !== null && "version" in manifest);
  assert(typeof manifest.version === "string");
  return manifest.version;
}
