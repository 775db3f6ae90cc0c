import { z } from "zod";
import type { ToldDigest } from "../core/digest-times.ts";
import type { ErrorRecord } from "../core/errors.ts";
import { nightId, type NightId } from "../core/names.ts";
import { errorRecordSchema } from "../core/record-schema.ts";
import type { Store } from "./store.ts";

/**
 * `claimed`: somebody is about to post it. `told`: it was posted. `quiet`: there was nothing to say. `failed`: it may be tried
 * again. `given-up`: it is not, since it failed too often or may have been posted all the same.
 */
const digestStates = ["claimed", "told", "quiet", "failed", "given-up"] as const;
type DigestState = (typeof digestStates)[number];

/** A digest by its channel and day; channels that are told when a night ends have the night as their day. */
type DigestKey = { readonly channel: string; readonly day: string };

/** A repository run that ended. */
export type FinishedRun = { readonly night: NightId; readonly repo: string };

const mostAttempts = 5;
/** Whoever claimed a digest for so long has died; a bot looks before it posts, so it is safe to take over. */
const claimMs = 10 * 60_000;

/**
 * Takes a digest for this process: of several that ask at once one gets it. One that failed may be taken again, and one whose
 * claim is old, unless it may have been posted (`canLook` is false: nobody can ask whether it was).
 */
export async function claimDigest(
  store: Store,
  { channel, day }: DigestKey,
  { now, canLook }: { readonly now: string; readonly canLook: boolean },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store.database
    .insertInto("digest")
    .values({ channel, day, state: "claimed", claimed_at: now, covered: now, attempts: 1 })
    .onConflict((conflict) => conflict.columns(["channel", "day"]).doNothing())
    .executeTakeFirstOrThrow();
  if (Number(numInsertedOrUpdatedRows ?? 0n) > 0) return true;
  const before = await store.database
    .selectFrom("digest")
    .selectAll()
    .where("channel", "=", channel)
    .where("day", "=", day)
    .executeTakeFirstOrThrow();
  const isOld = Date.parse(before.claimed_at) + claimMs < Date.parse(now);
  const isFree = before.state === "failed" || (before.state === "claimed" && isOld && canLook);
  if (!isFree || before.attempts >= mostAttempts) return false;
  const { numUpdatedRows } = await store.database
    .updateTable("digest")
    .set({ state: "claimed", claimed_at: now, covered: now, attempts: before.attempts + 1 })
    .where("channel", "=", channel)
    .where("day", "=", day)
    .where("attempts", "=", before.attempts)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Notes what became of a claimed digest. */
export async function settleDigest(
  store: Store,
  { channel, day }: DigestKey,
  state: Exclude<DigestState, "claimed">,
): Promise<void> {
  await store.database
    .updateTable("digest")
    .set({ state })
    .where("channel", "=", channel)
    .where("day", "=", day)
    .execute();
}

/** The digests that are over, whatever came of them, of the last days. */
export async function readTold(store: Store, since: string): Promise<readonly ToldDigest[]> {
  return store.database
    .selectFrom("digest")
    .select(["channel", "day"])
    .where("claimed_at", ">=", since)
    .where("state", "in", ["told", "quiet", "given-up"])
    .execute();
}

/** How far a channel's digests have come: up to when it knows all, and when it last heard anything. */
export async function readCoverage(
  store: Store,
  channel: string,
): Promise<{ readonly since: string | null; readonly lastWord: string | null; readonly first: string | null }> {
  const rows = await store.database
    .selectFrom("digest")
    .select(["state", "covered"])
    .where("channel", "=", channel)
    .where("state", "in", ["told", "quiet"])
    .orderBy("covered", "desc")
    .execute();
  const told = rows.find(({ state }) => z.enum(digestStates).parse(state) === "told");
  return { since: rows[0]?.covered ?? null, lastWord: told?.covered ?? null, first: rows.at(-1)?.covered ?? null };
}

/** The repository runs of nights that were not dry, which ended after a moment, and not after another. */
export async function readFinishedRuns(store: Store, since: string, until: string): Promise<readonly FinishedRun[]> {
  const rows = await store.database
    .selectFrom("repo_run")
    .innerJoin("night", "night.id", "repo_run.night")
    .select(["repo_run.night", "repo_run.repo"])
    .where("night.dry_run", "=", 0)
    .where("repo_run.finished_at", ">", since)
    .where("repo_run.finished_at", "<=", until)
    .orderBy("night.started_at")
    .orderBy("repo_run.position")
    .execute();
  return rows.map(({ night, repo }) => ({ night: nightId(night), repo }));
}

/** Notes a night that threw as a whole. */
export async function noteFailure(store: Store, failure: { at: string; day: string; error: ErrorRecord }) {
  await store.database
    .insertInto("night_failure")
    .values({ ...failure, error: JSON.stringify(failure.error) })
    .onConflict((conflict) => conflict.column("at").doNothing())
    .execute();
}

/** The nights that threw as a whole after a moment, oldest first. */
export async function readFailures(
  store: Store,
  since: string,
): Promise<readonly { readonly at: string; readonly day: string; readonly error: ErrorRecord }[]> {
  const rows = await store.database
    .selectFrom("night_failure")
    .selectAll()
    .where("at", ">", since)
    .orderBy("at")
    .execute();
  return rows.map(({ at, day, error }) => ({ at, day, error: errorRecordSchema.parse(JSON.parse(error)) }));
}

/** What people did since a moment: candidates that somebody keeps, and merges that were taken back or came to nothing. */
export async function readRecentAnswers(
  store: Store,
  since: string,
): Promise<{ readonly kept: number; readonly reverted: number }> {
  const kept = await store.database
    .selectFrom("answer")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("kind", "=", "keep")
    .where("source", "!=", "annotation")
    .where("at", ">=", since)
    .executeTakeFirstOrThrow();
  const reverted = await store.database
    .selectFrom("candidate_event")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("state", "in", ["reverted", "resurrected"])
    .where("at", ">=", since)
    .executeTakeFirstOrThrow();
  return { kept: Number(kept.count), reverted: Number(reverted.count) };
}
