import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** The folder of nightsweep's own package.json: the same from `src/` and from `dist/`. */
export const packageRoot = path.resolve(import.meta.dirname, "..", "..");

/** The version of this nightsweep. */
export function readVersion(): string {
  const text = readFileSync(path.join(packageRoot, "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
