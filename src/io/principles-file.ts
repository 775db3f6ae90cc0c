import path from "node:path";
import { NightsweepError } from "../core/errors.ts";
import { principlesSchema, type Principle } from "../core/principles.ts";
import { readTextIfPresent } from "./files.ts";
import { parseYaml } from "./policy-yaml.ts";

/** Reads the principles of a configuration; none where it names no file. Throws POLICY_INVALID with every mistake. */
export async function readPrinciples(file: string | undefined): Promise<readonly Principle[]> {
  if (file === undefined) return [];
  const text = await readTextIfPresent(file);
  if (text === undefined) throw new NightsweepError("POLICY_INVALID", `there is no file ${path.basename(file)}`);
  return parseYaml(text, path.basename(file), principlesSchema).value.principles;
}
