import type { DigestChannel } from "./core/digest-channels.ts";
import { NightsweepError, type ErrorRecord } from "./core/errors.ts";
import type { NightId } from "./core/names.ts";
import { lastOpening } from "./core/night-window.ts";
import type { NightResult } from "./core/stage.ts";
import { readCoverage, readFailures, readFinishedRuns, readRecentAnswers } from "./io/digests.ts";
import { readFigures, readNight } from "./io/records.ts";
import { readStandings } from "./io/standings.ts";
import { listNights, type NightEntry, type Store } from "./io/store.ts";
import type { Morning, NightAtWork, Trouble } from "./report/slack/morning.ts";
import type { Desk } from "./tell-digests.ts";

/** What a digest is about: what happened since the last one, one night, or a night that threw as a whole. */
export type Gathering =
  | "last digest"
  | { readonly night: NightId }
  | { readonly failure: { readonly day: string; readonly error: ErrorRecord } };

const dayMs = 86_400_000;
/** A night that was due so lately may be about to begin. */
const graceMs = 10 * 60_000;
/** Before the first digest of a channel so much is told. */
const firstLookMs = dayMs;
/** After so long without a word it is said that all is well. */
const weekMs = 7 * dayMs - dayMs / 2;

/** Reads everything that a digest of a channel is made of. */
export async function gatherMorning(
  desk: Desk,
  store: Store,
  { channel, what, now }: { readonly channel: DigestChannel; readonly what: Gathering; readonly now: Date },
): Promise<Morning> {
  const { config } = desk;
  const { since: covered, lastWord, first } = await readCoverage(store, channel.key);
  const since = covered ?? new Date(now.getTime() - firstLookMs).toISOString();
  const all = await listNights(store);
  const repositories = config.repositories.filter(({ key }) => channel.repositories?.has(key) ?? true);
  const keys = repositories.map(({ key }) => key);
  const nights = await nightsOf(desk, store, { what, since, until: now.toISOString(), keys: new Set<string>(keys) });
  const isHourly = what === "last digest";
  const quietSince = lastWord ?? first;
  return {
    nights,
    atWork: isHourly ? atWorkOf(all) : null,
    trouble: await troubleOf(desk, store, { what, since, now, isFirst: covered === null, nights: all }),
    standings: await readStandings(store, keys),
    recent: await readRecentAnswers(store, new Date(now.getTime() - 30 * dayMs).toISOString()),
    knownAlarms: await knownAlarms(desk, all, nights),
    owners: new Map(Object.entries(config.slack?.owners ?? {})),
    now,
    timeZone: channel.time?.timeZone ?? config.schedule.timeZone,
    since: covered,
    isWeekly: quietSince !== null && now.getTime() - Date.parse(quietSince) > weekMs,
    reportsUrl: config.reportsUrl ?? null,
    hasButtons: channel.target.kind === "bot" && config.slack?.appTokenEnv !== undefined,
  };
}

/** The nights with the repositories that ended since then. A night whose records are gone has nothing to tell. */
async function nightsOf(
  { config }: Desk,
  store: Store,
  {
    what,
    since,
    until,
    keys,
  }: {
    readonly what: Gathering;
    readonly since: string;
    readonly until: string;
    readonly keys: ReadonlySet<string>;
  },
): Promise<readonly NightResult[]> {
  if (typeof what === "object" && "failure" in what) return [];
  const ended = what === "last digest" ? await readFinishedRuns(store, since, until) : null;
  const names = what === "last digest" ? new Set((ended ?? []).map(({ night }) => night)) : new Set([what.night]);
  const nights: NightResult[] = [];
  for (const name of names) {
    const night = await readNight(config.reportsDirectory, name).catch(nothingThere);
    if (night === null) continue;
    const isTold = (repo: string) => ended?.some((run) => run.night === name && run.repo === repo) ?? true;
    nights.push({ ...night, repos: night.repos.filter(({ repo }) => keys.has(repo) && isTold(repo)) });
  }
  return nights.filter(({ repos }) => repos.length > 0);
}

function nothingThere(error: unknown): null {
  if (error instanceof NightsweepError && error.code === "NOT_FOUND") return null;
  throw error;
}

/** The latest night, when it began and has not ended. */
function atWorkOf(nights: readonly NightEntry[]): NightAtWork | null {
  const [latest] = nights;
  if (latest === undefined || latest.finishedAt !== null || latest.dryRun) return null;
  const done = latest.repos.filter(({ state }) => state === "settled" || state === "stopped").length;
  return { night: latest.night, done, total: latest.repos.length };
}

/** A night that threw, or that was due and did not begin. A channel that was told nothing yet has missed none. */
async function troubleOf(
  { config }: Desk,
  store: Store,
  known: {
    readonly what: Gathering;
    readonly since: string;
    readonly now: Date;
    readonly isFirst: boolean;
    readonly nights: readonly NightEntry[];
  },
): Promise<readonly Trouble[]> {
  const { what, since, now, isFirst, nights } = known;
  if (typeof what === "object") return "failure" in what ? [{ kind: "failed", ...what.failure }] : [];
  const failures = await readFailures(store, since);
  if (failures.length > 0) return failures.map(({ day, error }) => ({ kind: "failed", day, error }));
  if (isFirst) return [];
  const due = lastOpening(config.schedule, { since: new Date(since), now: new Date(now.getTime() - graceMs) });
  const real = nights.filter(({ dryRun }) => !dryRun);
  if (due === null || real.some(({ startedAt }) => Date.parse(startedAt) >= due.getTime())) return [];
  // One that has not ended leaves no room for the next, and is told by itself.
  if (atWorkOf(nights) !== null) return [];
  return [{ kind: "missing", due: due.toISOString(), last: real[0]?.night ?? null }];
}

/** The repositories that were reported only in the night before these. */
async function knownAlarms(
  { config }: Desk,
  all: readonly NightEntry[],
  nights: readonly NightResult[],
): Promise<ReadonlySet<string>> {
  const told = new Set(nights.map(({ night }) => night));
  const before = all.find(({ night, dryRun }) => !dryRun && !told.has(night));
  const figures = before === undefined ? null : await readFigures(config.reportsDirectory, before.night);
  return new Set((figures?.repositories ?? []).flatMap(({ repo, state }) => (state === "reported-only" ? [repo] : [])));
}
