import path from "node:path";
import { isExample, plantExample } from "./example-repository.ts";
import { isAddress } from "./git-mirror.ts";

/** Turns a location as people write it into a URL or an absolute path; a bundled example is planted on first use. */
export async function resolveLocation(
  location: string,
  base: { readonly directory: string; readonly stateDirectory: string; readonly signal: AbortSignal },
): Promise<string> {
  if (isExample(location)) return plantExample(location, base.stateDirectory, base.signal);
  return isAddress(location) ? location : path.resolve(base.directory, location);
}
