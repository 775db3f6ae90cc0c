import path from "node:path";
import type { Layer } from "./core/policy-layers.ts";
import { lintLayer, lintNarrower, lintProduction, type PolicyNote } from "./decide/lint-policy.ts";
import { printPolicy } from "./decide/print-policy.ts";
import { findRepository, loadConfigOrDefaults } from "./io/config-file.ts";
import { updateMirror } from "./io/git-mirror.ts";
import { resolveLocation } from "./io/location.ts";
import { readPolicyWithOrigins, readRepositoryPolicy } from "./io/policy-file.ts";
import { readConfiguredPolicy, withOwnPolicy } from "./night-policy.ts";
import type { Session } from "./session.ts";

/** What a check of policy files found: its lines, and whether a rule can never decide. */
type PolicyCheck = { readonly lines: readonly string[]; readonly isClean: boolean };

/** Checks the configured policies, or one file. Throws POLICY_INVALID with every mistake. */
export async function checkPolicy(
  session: Session,
  { file, config }: { readonly file: string | undefined; readonly config: string | undefined },
): Promise<PolicyCheck> {
  const { currentDirectory, environment } = session;
  const isOwn = file !== undefined && /(^|[\\/])nightsweep\.ya?ml$/.test(file);
  const loaded = await loadConfigOrDefaults(config, currentDirectory, environment);
  const hasData = loaded.file === null || loaded.repositories.some(({ production }) => production !== undefined);
  const lint = (layer: Layer) => [...lintLayer(layer), ...(hasData ? [] : lintProduction(layer))];
  if (file !== undefined && !isOwn) {
    const { layer } = await readPolicyWithOrigins(path.resolve(currentDirectory, file));
    return inWords([[layer, lint(layer)]]);
  }
  const { operator, layers = [], ...policy } = await readConfiguredPolicy(loaded);
  if (file !== undefined) {
    const own = await readRepositoryPolicy(path.resolve(currentDirectory, file));
    return inWords([[own, [...lint(own), ...lintNarrower(own, policy)]]]);
  }
  const narrower = layers.map((layer) => [layer, [...lint(layer), ...lintNarrower(layer, policy)]] as const);
  return inWords([[operator, lint(operator)], ...narrower]);
}

function inWords(checked: readonly (readonly [layer: Layer, notes: readonly PolicyNote[]])[]): PolicyCheck {
  const notes = checked.flatMap(([, found]) => found);
  const marks = { dead: "error", moot: "note" } as const;
  return {
    lines: [
      ...notes.map(({ kind, place, text }) => `${marks[kind]}  ${place} ${text}`),
      ...checked.map(([{ kind, name, rules }]) => `${kind} ${name}: ${rules.length} rules, valid`),
    ],
    isClean: notes.every(({ kind }) => kind !== "dead"),
  };
}

/** The policy in force for a repository, each value with its origin. */
export async function printEffectivePolicy(
  session: Session,
  { location: named, config }: { readonly location: string; readonly config: string | undefined },
): Promise<readonly string[]> {
  const { currentDirectory, environment, signal } = session;
  const loaded = await loadConfigOrDefaults(config, currentDirectory, environment);
  const { operator, ...policy } = await readConfiguredPolicy(loaded);
  const repository = findRepository(loaded, named, currentDirectory);
  const { stateDirectory } = loaded;
  const location = await resolveLocation(repository.location, {
    directory: repository.directory,
    stateDirectory,
    signal,
  });
  const mirror = await updateMirror({ location, key: repository.key, stateDirectory, signal });
  const commit = mirror.remote.headCommit;
  const layered = commit === null ? policy : await withOwnPolicy(policy, { mirror: mirror.directory, commit, signal });
  const { production } = repository;
  if (production === undefined) return printPolicy(operator, layered);
  const { coverage, since, until = "its newest file" } = production;
  const places = coverage.map((name) => path.relative(loaded.directory, name)).join(", ");
  return [...printPolicy(operator, layered), "", `production: ${places}, from ${since} to ${until}`];
}
