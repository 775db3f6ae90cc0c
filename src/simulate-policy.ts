import { readdir } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "./core/errors.ts";
import type { LedgerState } from "./core/ledger.ts";
import { repoKey, type NightId } from "./core/names.ts";
import { renderSimulation, simulate, type RecordedRun } from "./decide/simulate.ts";
import { loadConfigOrDefaults } from "./io/config-file.ts";
import { readLedger } from "./io/ledger.ts";
import { readPolicyWithOrigins } from "./io/policy-file.ts";
import { readRecord, recordedNights } from "./io/records.ts";
import { openStore } from "./io/store.ts";
import type { Session } from "./session.ts";
import { alarmsOf } from "./settle.ts";

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
