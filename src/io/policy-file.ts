import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "../core/errors.ts";
import {
  brokenLayer,
  extendPolicy,
  narrow,
  narrowerLayer,
  operatorLayer,
  type EffectivePolicy,
  type Layer,
  type Origins,
} from "../core/policy-layers.ts";
import {
  policyFileSchema,
  policySchema,
  repositoryPolicySchema,
  type Policy,
  type PolicyFile,
} from "../core/policy-schema.ts";
import { policyTestSchema, type PolicyTest } from "../core/policy-test.ts";
import { packageRoot } from "./own-package.ts";
import { invalidPolicy, parseYaml, type ParsedYaml } from "./policy-yaml.ts";

/** Far more than a person writes; a file beyond it is no policy. */
const largestBytes = 256 * 1024;
/** A chain that is longer is a mistake that nobody could follow. */
const longestChain = 10;

/** A policy file with all that it extends, and where each of its values stands. */
export type ReadPolicy = { readonly policy: Policy; readonly layer: Layer };

/**
 * Reads and checks the operator's policy file. Throws POLICY_INVALID with every mistake as `file:line:column key: what is
 * wrong; what is allowed`, or when the file, or one that it extends, cannot be read.
 */
export async function readPolicy(file: string): Promise<Policy> {
  return (await readPolicyWithOrigins(file)).policy;
}

/** The same, with the place of each value. */
export async function readPolicyWithOrigins(file: string): Promise<ReadPolicy> {
  const { value, origins } = await readChain(file, []);
  const policy = policySchema.parse(Object.fromEntries(Object.entries(value).filter(([key]) => key !== "extends")));
  return { policy, layer: operatorLayer(policy, origins) };
}

/** Reads the organisation's file, which narrows the operator's and may extend others. Throws POLICY_INVALID. */
export async function readOrganisationPolicy(file: string): Promise<Layer> {
  const { value, origins } = await readChain(file, []);
  return narrowerLayer("organisation", value, origins);
}

/** Places of a repository's own file; two of them are one too many. */
export const repositoryPolicyFiles = [".github/nightsweep.yml", ".github/nightsweep.yaml"] as const;

/**
 * The layer of a repository, from the text of its own file at the tip of its default branch; null when it has none. It
 * never throws: a mistake makes a layer that allows nothing but reports and says what is wrong.
 */
export function repositoryLayer(texts: readonly { readonly file: string; readonly text: string }[]): Layer | null {
  const [first, second] = texts;
  if (first === undefined) return null;
  if (second !== undefined)
    return brokenLayer("repository", first.file, `there are ${first.file} and ${second.file}; keep one of them`);
  try {
    const parsed = parsePolicy(first.text, first.file, repositoryPolicySchema);
    return narrowerLayer("repository", parsed.value, originsOf(parsed, first.file));
  } catch (error) {
    if (!(error instanceof NightsweepError)) throw error;
    return brokenLayer("repository", first.file, error.message);
  }
}

/** Reads one file as a repository's own, wherever it lies. Throws POLICY_INVALID. */
export async function readRepositoryPolicy(file: string): Promise<Layer> {
  const name = path.basename(file);
  const parsed = parsePolicy(await readText(file, name), name, repositoryPolicySchema);
  return narrowerLayer("repository", parsed.value, originsOf(parsed, name));
}

/** Reads a file of policy tests, and the policy that it is about. Throws POLICY_INVALID. */
export async function readPolicyTests(
  file: string,
): Promise<{ readonly policy: EffectivePolicy; readonly tests: readonly PolicyTest[] }> {
  const name = path.basename(file);
  const { value } = parsePolicy(await readText(file, name), name, policyTestSchema);
  const policy = await readPolicy(path.resolve(path.dirname(file), value.policy));
  const layers = value.repository === undefined ? [] : [narrowerLayer("repository", value.repository, {})];
  return { policy: narrow(policy, layers), tests: value.tests };
}

type Chained = { readonly value: PolicyFile; readonly origins: Origins };

/** Reads a file with what it extends, the first of which lies deepest. */
async function readChain(file: string, above: readonly string[]): Promise<Chained> {
  const name = path.basename(file);
  const parsed = parsePolicy(await readText(file, name), name, policyFileSchema);
  const { extends: named = [] } = parsed.value;
  const bases = typeof named === "string" ? [named] : named;
  const chain = [...above, path.resolve(file)];
  let below: Chained | undefined;
  for (const [index, base] of bases.entries()) {
    const at = parsed.at(typeof named === "string" ? ["extends"] : ["extends", index]);
    const found = findBase(base, file);
    const refuse = (text: string) => invalidPolicy(name, parsed.lines, [{ at, text: `extends: ${text}` }]);
    if (found === null)
      throw refuse(`there is no policy "${base}"; allowed: a file beside this one, ${bundled.join(", ")}`);
    if (chain.includes(found))
      throw refuse(`"${base}" leads back here: ${[...chain, found].map((one) => path.basename(one)).join(" -> ")}`);
    if (chain.length >= longestChain) throw refuse(`more than ${longestChain} files extend each other`);
    const next = await readChain(found, chain);
    below = below === undefined ? next : join(below, next);
  }
  const own = { value: parsed.value, origins: originsOf(parsed, name) };
  return below === undefined ? own : join(below, own);
}

function join(below: Chained, above: Chained): Chained {
  return { value: extendPolicy(below.value, above.value), origins: { ...below.origins, ...above.origins } };
}

const bundled = ["conservative", "standard", "aggressive"] as const;

/** A bare word names a policy that comes with nightsweep. */
function findBase(name: string, from: string): string | null {
  if (bundled.some((one) => one === name)) return path.join(packageRoot, "policies", `${name}.yaml`);
  const beside = path.resolve(path.dirname(from), name);
  return existsSync(beside) ? beside : null;
}

async function readText(file: string, name: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message.replace(/,? ?[a-z]+ '.*'$/, "") : String(cause);
    throw new NightsweepError("POLICY_INVALID", `${name}:1:1 cannot be read: ${reason}`, { cause });
  });
  return bytes.toString("utf8");
}

function parsePolicy<Value>(
  text: string,
  name: string,
  schema: Parameters<typeof parseYaml<Value>>[2],
): ParsedYaml<Value> {
  if (text.length > largestBytes)
    throw new NightsweepError("POLICY_INVALID", `${name}:1:1 is larger than ${largestBytes / 1024} KiB`);
  return parseYaml(text, name, schema);
}

/** File and line of each value; rules and flags go by their ids and names, since files are joined. */
function originsOf({ places }: { readonly places: ReadonlyMap<string, number> }, name: string): Origins {
  return Object.fromEntries([...places].map(([key, line]) => [key, `${name}:${line}`]));
}
