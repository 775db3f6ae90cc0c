import { homedir } from "node:os";
import path from "node:path";

/** The user's folder for what can be made again. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return path.join(environment["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "nightsweep");
}
