import type { ErrorRecord } from "../../core/errors.ts";
import { localTime } from "../../core/local-time.ts";
import type { RepoStanding } from "../../core/standing.ts";
import type { NightResult, RepoResult } from "../../core/stage.ts";

/** Why there is less to tell than there should be. */
export type Trouble =
  /** A night was due and did not begin. `last`: the one before, if there was any. */
  | { readonly kind: "missing"; readonly due: string; readonly last: string | null }
  /** It threw as a whole: there are no records of it. */
  | { readonly kind: "failed"; readonly day: string; readonly error: ErrorRecord };

/** A night that is not over when the digest is told. */
export type NightAtWork = { readonly night: string; readonly done: number; readonly total: number };

/** What people did about nightsweep in the last 30 days, in candidates; pull requests are in the standings. */
type RecentAnswers = { readonly kept: number; readonly reverted: number };

/** Everything that a digest is made of. */
export type Morning = {
  /** What was swept since the last digest, oldest first; each has only the repositories that the channel wants to hear of. */
  readonly nights: readonly NightResult[];
  readonly atWork: NightAtWork | null;
  readonly trouble: readonly Trouble[];
  readonly standings: ReadonlyMap<string, RepoStanding>;
  readonly recent: RecentAnswers;
  /** Repositories that were reported only before as well: that is no news. */
  readonly knownAlarms: ReadonlySet<string>;
  /** Slack ids by the login of their GitHub account. */
  readonly owners: ReadonlyMap<string, string>;
  readonly now: Date;
  /** Whose days are meant. */
  readonly timeZone: string;
  /** The digest before this one; null before the first. */
  readonly since: string | null;
  /** Nothing was said for a week: then it is said that nothing happened. */
  readonly isWeekly: boolean;
  /** Where the pages of `nightsweep serve` are, if people can open them. */
  readonly reportsUrl: string | null;
  /** Choices are buttons; else they are links. */
  readonly hasButtons: boolean;
};

/** Every run that the digest is about; where a repository was swept twice the last run says how it is. */
export function runsOf({ nights }: Morning): readonly RepoResult[] {
  return nights.flatMap(({ repos }) => repos);
}

/** The last run of each repository. */
export function latestRuns(morning: Morning): readonly RepoResult[] {
  return [...new Map(runsOf(morning).map((run) => [run.repo, run])).values()];
}

const dayMs = 86_400_000;

/** Days of the calendar from a date or moment to the day of the digest. */
export function daysSince({ now, timeZone }: Morning, then: string): number {
  return Math.round((Date.parse(localTime(now, timeZone).date) - Date.parse(then.slice(0, 10))) / dayMs);
}

/** The address of a page of serve; null where people cannot open it. */
export function pageAt({ reportsUrl }: Morning, path: string): string | null {
  return reportsUrl === null ? null : new URL(path, reportsUrl.endsWith("/") ? reportsUrl : `${reportsUrl}/`).href;
}
