import { readdir } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import type { LedgerState } from "./core/ledger.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import { repoKey, type NightId, type RepoKey } from "./core/names.ts";
import { renderSimulation, simulate, type RecordedRun } from "./decide/simulate.ts";
import { loadConfigOrDefaults } from "./io/config-file.ts";
import { isDirectory } from "./io/files.ts";
import { mirrorDirectory } from "./io/git-mirror.ts";
import { hasCommit } from "./io/git-tree.ts";
import { readLedger } from "./io/ledger.ts";
import { readRecord, recordedNights } from "./io/records.ts";
import { openStore } from "./io/store.ts";
import { readConfiguredPolicy, withOwnPolicy } from "./night-policy.ts";
import type { Session } from "./session.ts";
import { alarmsOf } from "./settle.ts";

/** What the last recorded nights would have done under another policy. */
export async function simulatePolicy(
  session: Session,
  wish: { readonly policy: string; readonly last: number; readonly config: string | undefined },
): Promise<readonly string[]> {
  const { currentDirectory, environment } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const tried = await readConfiguredPolicy({ ...config, policy: path.resolve(currentDirectory, wish.policy) });
  const nights = (await recordedNights(config.reportsDirectory)).slice(0, wish.last);
  if (nights.length === 0)
    throw new NightsweepError("NOT_FOUND", "a recorded night; nightsweep run makes the first one");
  const runs: RecordedRun[] = [];
  const layered = createLayering(config.stateDirectory, tried, session.signal);
  for (const night of nights) runs.push(...(await readRuns(config.reportsDirectory, night, layered)));
  await using store = await openStore(config.stateDirectory, config.databaseUrl);
  const outcomes = new Map<string, LedgerState>();
  for (const repo of new Set(runs.map((run) => run.repo)))
    for (const { id, state } of (await readLedger(store, repoKey(repo))).entries) outcomes.set(`${repo} ${id}`, state);
  const simulation = simulate(runs, (repo, id) => outcomes.get(`${repo} ${id}`) ?? null);
  return renderSimulation(simulation);
}

type Layering = (repo: RepoKey, commit: string) => Promise<EffectivePolicy>;

/**
 * The policy to try under the organisation's and each repository's own file, as that stood at the commit of the night. A
 * repository whose mirror or commit is gone is taken to have none.
 */
function createLayering(stateDirectory: string, policy: EffectivePolicy, signal: AbortSignal): Layering {
  const known = new Map<string, Promise<EffectivePolicy>>();
  return (repo, commit) => {
    const key = `${repo} ${commit}`;
    const found = known.get(key) ?? layer(repo, commit);
    known.set(key, found);
    return found;
  };
  async function layer(repo: RepoKey, commit: string): Promise<EffectivePolicy> {
    const mirror = mirrorDirectory(stateDirectory, repo);
    if (!(await isDirectory(mirror)) || !(await hasCommit(mirror, commit, signal))) return policy;
    return withOwnPolicy(policy, { mirror, commit, signal });
  }
}

/** Only the records that decisions are made from. */
async function readRuns(directory: string, night: NightId, layered: Layering): Promise<readonly RecordedRun[]> {
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
      policy: await layered(repo, checkout.output.base.commit),
      decisions: decide.output.decisions,
      culprits: (verify?.output.culprits ?? []).map(({ id }) => id),
    });
  }
  return runs;
}
