import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Grant } from "./core/autonomy.ts";
import { NightsweepError } from "./core/errors.ts";
import type { LedgerState } from "./core/ledger.ts";
import { repoKey, type NightId, type RepoKey } from "./core/names.ts";
import type { Layer } from "./core/policy-layers.ts";
import type { PolicyTest } from "./core/policy-test.ts";
import { lintLayer, lintNarrower, type PolicyNote } from "./decide/lint-policy.ts";
import { failureOf } from "./decide/policy-tests.ts";
import { printPolicy } from "./decide/print-policy.ts";
import { renderSimulation, simulate, type RecordedRun } from "./decide/simulate.ts";
import { recordGrant } from "./io/autonomy.ts";
import { loadConfigOrDefaults, type LoadedConfig } from "./io/config-file.ts";
import { updateMirror } from "./io/git-mirror.ts";
import { readLedger } from "./io/ledger.ts";
import { resolveLocation } from "./io/location.ts";
import { readPolicyTests, readPolicyWithOrigins, readRepositoryPolicy } from "./io/policy-file.ts";
import { readRecord, recordedNights } from "./io/records.ts";
import { openStore } from "./io/store.ts";
import { readConfiguredPolicy, withOwnPolicy } from "./night-policy.ts";
import type { Session } from "./session.ts";
import { alarmsOf } from "./settle.ts";

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
  if (file !== undefined && !isOwn) {
    const { layer } = await readPolicyWithOrigins(path.resolve(currentDirectory, file));
    return inWords([[layer, lintLayer(layer)]]);
  }
  const { operator, layers = [], ...policy } = await readConfiguredPolicy(loaded);
  if (file !== undefined) {
    const own = await readRepositoryPolicy(path.resolve(currentDirectory, file));
    return inWords([[own, [...lintLayer(own), ...lintNarrower(own, policy)]]]);
  }
  const narrower = layers.map((layer) => [layer, [...lintLayer(layer), ...lintNarrower(layer, policy)]] as const);
  return inWords([[operator, lintLayer(operator)], ...narrower]);
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
  return printPolicy(operator, layered);
}

/** A repository by its name or location in the configuration, or by a place. */
function findRepository(
  { repositories, directory }: LoadedConfig,
  named: string,
  currentDirectory: string,
): { readonly key: RepoKey; readonly location: string; readonly directory: string } {
  const place = path.resolve(currentDirectory, named);
  const configured = repositories.find(
    ({ key, location }) => key === named || location === named || path.resolve(directory, location) === place,
  );
  return configured === undefined
    ? { key: repoKey(named), location: named, directory: currentDirectory }
    : { key: configured.key, location: configured.location, directory };
}

/** What the last recorded nights would have done under another policy. */
export async function simulatePolicy(
  session: Session,
  wish: { readonly policy: string; readonly last: number; readonly config: string | undefined },
): Promise<readonly string[]> {
  const { currentDirectory, environment } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const { policy } = await readPolicyWithOrigins(path.resolve(currentDirectory, wish.policy));
  const nights = (await recordedNights(config.reportsDirectory)).slice(0, wish.last);
  if (nights.length === 0)
    throw new NightsweepError("NOT_FOUND", "a recorded night; nightsweep run makes the first one");
  const runs: RecordedRun[] = [];
  for (const night of nights) runs.push(...(await readRuns(config.reportsDirectory, night)));
  await using store = await openStore(config.stateDirectory);
  const outcomes = new Map<string, LedgerState>();
  for (const repo of new Set(runs.map((run) => run.repo)))
    for (const { id, state } of (await readLedger(store, repoKey(repo))).entries) outcomes.set(`${repo} ${id}`, state);
  // It stands alone: what narrows it tonight may not have been there then.
  const simulation = simulate(runs, policy, (repo, id) => outcomes.get(`${repo} ${id}`) ?? null);
  return renderSimulation(simulation);
}

/** Only the records that decisions are made from. */
async function readRuns(directory: string, night: NightId): Promise<readonly RecordedRun[]> {
  const entries = await readdir(path.join(directory, night), { withFileTypes: true });
  const runs: RecordedRun[] = [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const repo = repoKey(entry.name);
    const checkout = await readRecord(directory, { night, repo, stage: "checkout" });
    const mark = await readRecord(directory, { night, repo, stage: "mark" });
    const find = await readRecord(directory, { night, repo, stage: "find" });
    const decide = await readRecord(directory, { night, repo, stage: "decide" });
    const verify = await readRecord(directory, { night, repo, stage: "verify" });
    if (checkout === null || mark === null || find === null || decide === null) continue;
    runs.push({
      night,
      repo,
      candidates: find.output.candidates,
      alarms: alarmsOf(mark.output, checkout.output),
      decisions: decide.output.decisions,
      culprits: (verify?.output.culprits ?? []).map(({ id }) => id),
    });
  }
  return runs;
}

/** Runs the tests of policies in a folder or a file. */
export async function testPolicies(
  session: Session,
  place: string,
): Promise<{ readonly lines: readonly string[]; readonly failed: number }> {
  const start = path.resolve(session.currentDirectory, place);
  const files = /\.ya?ml$/.test(start)
    ? [start]
    : (await readdir(start)).filter((name) => /\.ya?ml$/.test(name)).map((name) => path.join(start, name));
  const lines: string[] = [];
  let failed = 0;
  for (const file of files.toSorted()) {
    const { policy, tests } = await readPolicyTests(file);
    const failures = tests.flatMap((test) => failureOf(test, policy) ?? []);
    failed += failures.length;
    lines.push(`${path.basename(file)}: ${tests.length - failures.length} of ${tests.length} pass`);
    lines.push(...failures.map((failure) => `  ${failure}`));
  }
  return { lines, failed };
}

/** Writes a test that holds a decision, as JSON, which is YAML, beside the policy that made it. */
export async function saveTest(file: string, policy: string, test: PolicyTest): Promise<void> {
  const relative = path.relative(path.dirname(file), policy).split(path.sep).join("/");
  await writeFile(file, `${JSON.stringify({ policy: relative, tests: [test] }, null, 2)}\n`);
}

/** Notes how far a person lets a rule go in a repository. */
export async function promote(
  session: Session,
  wish: { readonly repo: string; readonly config: string | undefined } & Pick<Grant, "rule" | "level" | "why">,
): Promise<string> {
  const { currentDirectory, environment, now } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const { key } = findRepository(config, wish.repo, currentDirectory);
  const { rules } = await readConfiguredPolicy(config);
  if (wish.rule !== "*" && !rules.some(({ id }) => id === wish.rule))
    throw new NightsweepError(
      "NOT_FOUND",
      `rule ${wish.rule}; there are ${rules.map(({ id }) => id).join(", ")} and *`,
    );
  await using store = await openStore(config.stateDirectory);
  const who = environment["USER"] ?? environment["USERNAME"] ?? "the operator";
  const { rule, level, why } = wish;
  const isNew = await recordGrant(store, key, { rule, level, at: now().toISOString(), who, why });
  const subject = rule === "*" ? "every rule" : `the rule ${rule}`;
  return isNew ? `${subject} may ${level} in ${key} from now on` : `${subject} may ${level} in ${key} already`;
}
