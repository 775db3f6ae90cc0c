import path from "node:path";
import { dateFates, type Deed } from "./backtest/date-fates.ts";
import { createMemory } from "./backtest/memory.ts";
import { createFollower, type Fate } from "./backtest/follow.ts";
import { choosePoints, type Window } from "./backtest/points.ts";
import { describeBacktest, type Backtest, type PointSummary } from "./backtest/describe.ts";
import { isTelling, proposeAt } from "./backtest/variants.ts";
import type { Point } from "./core/backtest.ts";
import { NightsweepError, toErrorRecord } from "./core/errors.ts";
import { repoKey } from "./core/names.ts";
import type { Policy } from "./core/policy-schema.ts";
import { checkOut, type CheckedOut } from "./checkout/check-out.ts";
import { findCandidates } from "./find-candidates.ts";
import { loadConfigOrDefaults } from "./io/config-file.ts";
import {
  findChangesOf,
  findDeletionsOf,
  isShallow,
  listFirstParents,
  listRenames,
  type BranchCommit,
} from "./io/first-parents.ts";
import { moveWorktree } from "./io/git-worktree.ts";
import { resolveLocation } from "./io/location.ts";
import { openPointCache } from "./io/point-cache.ts";
import { readPolicy } from "./io/policy-file.ts";
import { sandboxFor } from "./io/sandbox-choice.ts";
import { markRepository } from "./mark/mark.ts";
import { takeInventory } from "./mark/inventory.ts";
import type { Session } from "./session.ts";

/** What to look back on, as the command line says it. */
export type Retrospect = Window & {
  readonly location: string;
  readonly ref: string | undefined;
  readonly config: string | undefined;
  /** A policy file; that of the configuration when it is left out. */
  readonly policy: string | undefined;
  /** The share of regret that is still accepted, between 0 and 1. */
  readonly mostRegret: number;
};

/** With fewer points there is nothing to look ahead to. */
const fewestPoints = 3;

/**
 * Asks at points of a repository's own history what the policy would have proposed there, and looks ahead at what became
 * of it. One light work tree moves from point to point, so that the roots are knip's at each of them; nothing is
 * installed. Throws HISTORY_TOO_SHORT.
 */
export async function backtestRepository(session: Session, wish: Retrospect): Promise<Backtest> {
  const { currentDirectory, environment, signal, terminal } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const { stateDirectory } = config;
  const policyFile = wish.policy === undefined ? config.policy : path.resolve(currentDirectory, wish.policy);
  const policy = await readPolicy(policyFile);
  const location = await resolveLocation(wish.location, { directory: currentDirectory, stateDirectory, signal });
  const key = repoKey(location);
  const progress = (stage: string, detail: string) => {
    terminal.progress({ repo: key, stage, detail });
  };
  progress("checkout", "history");
  await using checkedOut = await checkOut({
    location,
    key,
    stateDirectory,
    ...(wish.ref === undefined ? {} : { ref: wish.ref }),
    install: false,
    installMinutes: config.limits.installMinutes,
    sandbox: await sandboxFor(wish, config.sandbox, signal),
    resources: config.limits,
    installHosts: [],
    signal,
  });
  const commits = await chooseCommits(checkedOut, wish, signal);
  const folder = path.join(stateDirectory, "backtest", key);
  const cache = openPointCache(path.join(folder, "points"), JSON.stringify(policy.flags));
  const look = (commit: BranchCommit) => seePoint(commit, { checkedOut, policy, folder, signal });
  const follower = createFollower(proposeAt(policy));
  const remember = createMemory();
  const summaries: PointSummary[] = [];
  let before: Point | undefined;
  for (const [index, commit] of commits.entries()) {
    if (signal.aborted) throw new NightsweepError("INTERRUPTED", `backtest of ${wish.location}`);
    progress("backtest", `point ${index + 1} of ${commits.length}, ${commit.date.slice(0, 10)}`);
    const began = performance.now();
    const known = cache.recall(commit.commit);
    const seen = known ?? (await look(commit));
    if ("stopped" in seen) {
      summaries.push({ ...commit, kind: "skipped", because: seen.stopped });
      continue;
    }
    if (known === undefined) cache.keep(seen);
    const range = { from: before?.commit ?? seen.commit, to: seen.commit };
    follower.step(remember(seen), await listRenames(checkedOut.mirror, range, signal));
    summaries.push(summarise(commit, seen, known === undefined ? performance.now() - began : null));
    before = seen;
  }
  const following = follower.result();
  progress("backtest", "which commits did it");
  const lives = await dateFates(following, (fate, name) => findDeed(checkedOut.mirror, fate, name, signal));
  return describeBacktest({ ...following, lives }, { wish, record: checkedOut.record, policy, points: summaries });
}

async function chooseCommits(
  { mirror, record }: CheckedOut,
  wish: Retrospect,
  signal: AbortSignal,
): Promise<readonly BranchCommit[]> {
  if (await isShallow(mirror, signal))
    throw new NightsweepError("HISTORY_TOO_SHORT", `${wish.location} is a shallow clone`);
  const all = await listFirstParents(mirror, record.base.commit, signal);
  const chosen = choosePoints(all, wish);
  if (chosen.length < fewestPoints) {
    const span = `the last ${wish.months} months of ${wish.location}, one a ${wish.every}`;
    const counts = `${chosen.length} of ${all.length} commits are in ${span}; ${fewestPoints} are needed`;
    throw new NightsweepError("HISTORY_TOO_SHORT", counts);
  }
  return chosen;
}

/** What the mark and the passes say of a commit; a commit that they refuse is left out, with the reason. */
async function seePoint(
  { commit, date }: BranchCommit,
  look: {
    readonly checkedOut: CheckedOut;
    readonly policy: Policy;
    readonly folder: string;
    readonly signal: AbortSignal;
  },
): Promise<Point | { readonly stopped: string }> {
  const { checkedOut, policy, folder, signal } = look;
  const { directory, mirror, cage } = checkedOut;
  const files = await moveWorktree(directory, commit, signal);
  try {
    const { heap, marking } = await markRepository({
      directory,
      files,
      flags: policy.flags,
      memoryFolder: folder,
      sandbox: cage.sandbox,
      signal,
    });
    const origin = { directory, mirror, commit, passes: undefined, now: new Date(date), signal };
    const candidates = await findCandidates(heap, origin);
    return { commit, date, alarms: marking.alarms, candidates, inventory: takeInventory(heap) };
  } catch (error) {
    if (!(error instanceof NightsweepError) || error.code === "INTERRUPTED") throw error;
    return { stopped: toErrorRecord(error).message };
  }
}

function summarise({ subject, ...commit }: BranchCommit, point: Point, ms: number | null): PointSummary {
  return {
    ...commit,
    subject,
    kind: "seen",
    candidates: point.candidates.length,
    things: [...point.inventory.values()].reduce((sum, things) => sum + things.length, 0),
    alarms: point.alarms.filter(isTelling).map(({ text }) => text),
    unread: point.alarms.filter((alarm) => !isTelling(alarm)).map(({ text }) => text),
    ms: ms === null ? null : Math.round(ms),
  };
}

/** The last commit between two points that took a name away, or the first one that brought it anywhere. */
async function findDeed(mirror: string, fate: Fate, name: string, signal: AbortSignal): Promise<Deed | null> {
  const isFile = fate.was.endsWith(`/${name}`) || fate.was === name;
  const text = isFile ? name.replace(/\.[^.]+$/, "") : (name.split(/[.#>]/).at(-1) ?? name);
  if (fate.kind !== "deleted") return (await findChangesOf(mirror, fate, { text }, signal))[0] ?? null;
  const deletions = isFile ? await findDeletionsOf(mirror, fate, fate.was, signal) : [];
  const changes = isFile ? [] : await findChangesOf(mirror, fate, { text, file: fate.was }, signal);
  return [...deletions, ...changes].at(-1) ?? null;
}
