import { createHash } from "node:crypto";
import { toErrorRecord } from "./core/errors.ts";
import type { NightId } from "./core/names.ts";
import type { RepoResult } from "./core/stage.ts";
import { inTurn, restOf, type Contender } from "./core/turns.ts";
import type { NamedRepository } from "./io/config-file.ts";
import { readRemote } from "./io/git-mirror.ts";
import { readLedger } from "./io/ledger.ts";
import { resolveLocation } from "./io/location.ts";
import { readVersion } from "./io/own-package.ts";
import { readPullRequests } from "./io/remembered-pull-requests.ts";
import type { Store } from "./io/store.ts";
import { readLeftRun, readTurn, recordTurn, type LeftRun } from "./io/turns.ts";
import type { NightPlan } from "./night-plan.ts";

/** A repository in its place in the night's order. */
export type Turn = Contender & { readonly repository: NamedRepository; readonly left: LeftRun | null };

/** Looks are short and wait for the network most of the time. */
const looksAtOnce = 4;

/**
 * Looks at the head of each repository, and gives them in the order in which they are swept. Without a window they stay in
 * the order of the configuration, and none rests: a person who asks for a night wants it whole.
 */
export async function takeTurns(plan: NightPlan, store: Store, night: NightId): Promise<readonly Turn[]> {
  const { repositories } = plan;
  if (!plan.looksFirst) return repositories.map((repository) => unseen(plan, repository));
  const turns: Turn[] = [];
  const waiting = [...repositories];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      turns.push(await lookFirst(plan, { store, night }, next));
  };
  await Promise.all(Array.from({ length: looksAtOnce }, work));
  const position = new Map(repositories.map(({ key }, index) => [key, index]));
  const placeOf = (turn: Turn): number => position.get(turn.repository.key) ?? 0;
  return inTurn(turns.toSorted((a, b) => placeOf(a) - placeOf(b)));
}

/** The result of a repository that only was looked at tonight; null when it has its turn. */
export function restingResult(plan: NightPlan, turn: Turn): RepoResult | null {
  const rested = plan.looksFirst ? restOf(turn, plan.day) : null;
  const { key, location } = turn.repository;
  return rested === null ? null : { repo: key, location, stages: {}, ms: {}, rested };
}

/** Remembers how a repository's turn went, for the nights to come. A dry night changes nothing that could be rested on. */
export async function noteTurn(plan: NightPlan, store: Store, turn: Turn, result: RepoResult): Promise<void> {
  const { stages, ms, stopped, rested } = result;
  const head = stages.checkout?.base.commit ?? turn.head;
  if (rested !== undefined || plan.dryRun || head === null) return;
  const { key } = turn.repository;
  const openOnes = (await readPullRequests(store, key)).filter(({ state }) => state === "open");
  const atRest = stopped === undefined && openOnes.length === 0 && !waitsForTime(result);
  await recordTurn(store, key, {
    ...{ day: plan.day, head, atRest, stopped: stopped !== undefined },
    fingerprint: await fingerprintOf(plan, store, turn.repository),
    ms: Object.values(ms).reduce((sum, one) => sum + one, 0),
  });
}

/** Something was ready and had no room, no time or a closed schedule. */
function waitsForTime({ stages: { decide, verify, publish } }: RepoResult): boolean {
  const untested = verify?.untested.length ?? 0;
  const hasNoRoom = publish?.outcomes.some(({ kind }) => kind === "over-limit") ?? true;
  const isScheduled = decide?.decisions.some(({ rule }) => rule === "schedule") ?? false;
  return untested > 0 || hasNoRoom || isScheduled;
}

function unseen(plan: NightPlan, repository: NamedRepository): Turn {
  const fingerprint = digest(plan, repository, []);
  return { repository, repo: repository.key, head: null, fingerprint, past: null, wasLeft: false, left: null };
}

async function lookFirst(
  plan: NightPlan,
  { store, night }: { readonly store: Store; readonly night: NightId },
  repository: NamedRepository,
): Promise<Turn> {
  const { key } = repository;
  const left = await readLeftRun(store, night, key);
  return {
    ...{ repository, repo: key, left, wasLeft: left !== null },
    head: await headOf(plan, repository),
    fingerprint: await fingerprintOf(plan, store, repository),
    past: await readTurn(store, key),
  };
}

/** The one look that an unchanged repository costs. What is wrong with it is told when it has its turn. */
async function headOf(plan: NightPlan, { key, location }: NamedRepository): Promise<string | null> {
  const { config, forges, signal } = plan;
  const { directory, stateDirectory } = config;
  try {
    const source = await resolveLocation(location, { directory, stateDirectory, signal });
    const credentials = await forges.get(key)?.admit(signal);
    return (await readRemote(source, { location, signal, credentials })).headCommit;
  } catch (error) {
    if (toErrorRecord(error).code === "UNEXPECTED") throw error;
    return null;
  }
}

/** Everything but the commit that an analysis depends on. */
async function fingerprintOf(plan: NightPlan, store: Store, repository: NamedRepository): Promise<string> {
  const { answers } = await readLedger(store, repository.key);
  return digest(plan, repository, answers);
}

function digest({ config, policy }: NightPlan, repository: NamedRepository, answers: readonly object[]): string {
  const { limits, sandbox, installHosts, forge } = config;
  const all = [readVersion(), policy, repository, limits, sandbox, installHosts, forge, answers];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}
