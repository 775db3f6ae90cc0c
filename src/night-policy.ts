import type { Config } from "./core/config.ts";
import type { Grant } from "./core/autonomy.ts";
import type { Ledger } from "./core/ledger.ts";
import type { Alarm, Marking } from "./core/marking.ts";
import { narrow, type EffectivePolicy, type Layer } from "./core/policy-layers.ts";
import { scheduleHindrance } from "./core/schedule-window.ts";
import type { Checkout } from "./core/stage.ts";
import { reviewTrust, type TrackedPullRequest, type TrustReview } from "./core/track-record.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import { showFile } from "./io/git-tree.ts";
import {
  readOrganisationPolicy,
  readPolicyWithOrigins,
  repositoryLayer,
  repositoryPolicyFiles,
} from "./io/policy-file.ts";

/** What became of earlier pull requests, and how far rules may go since. */
export type TrackRecord = { readonly pullRequests: readonly TrackedPullRequest[]; readonly grants: readonly Grant[] };

/** The record of a repository in which nothing was ever proposed. */
export const emptyTrackRecord: TrackRecord = { pullRequests: [], grants: [] };

/** The operator's policy with the organisation's on it. Throws POLICY_INVALID. */
export async function readConfiguredPolicy(
  config: Pick<LoadedConfig, "policy" | "organisationPolicy">,
): Promise<EffectivePolicy & { readonly operator: Layer }> {
  const { policy, layer } = await readPolicyWithOrigins(config.policy);
  const { organisationPolicy } = config;
  const above = organisationPolicy === undefined ? [] : [await readOrganisationPolicy(organisationPolicy)];
  return { ...narrow(policy, above), operator: layer };
}

/** Puts the file of a repository on the policy, as it stands at a commit of its default branch. */
export async function withOwnPolicy(
  policy: EffectivePolicy,
  source: { readonly mirror: string; readonly commit: string; readonly signal: AbortSignal },
): Promise<EffectivePolicy> {
  const { mirror, commit, signal } = source;
  const texts: { readonly file: string; readonly text: string }[] = [];
  for (const file of repositoryPolicyFiles) {
    const text = await showFile(mirror, commit, file, signal);
    if (text !== undefined) texts.push({ file, text });
  }
  const own = repositoryLayer(texts);
  return own === null ? policy : narrow(policy, [...(policy.layers ?? []), own]);
}

/** A repository's policy tonight, and what its record says of the daemon. */
export type SettledPolicy = { readonly policy: EffectivePolicy; readonly trust: TrustReview };

/**
 * The policy of a repository tonight: all layers, the schedules, and what was earned or lost. `ref` is set when another
 * commit than the tip of the default branch is looked at, which has no say in the policy.
 */
export async function settlePolicy(
  run: {
    readonly policy: EffectivePolicy;
    readonly ledger: Ledger;
    readonly track: TrackRecord;
    readonly ref?: string | undefined;
    readonly now: () => Date;
    readonly signal: AbortSignal;
  },
  { mirror, record: { base } }: { readonly mirror: string; readonly record: Pick<Checkout, "base"> },
): Promise<SettledPolicy> {
  const tip = run.ref === undefined || base.branch === "HEAD" ? base.commit : `refs/heads/${base.branch}`;
  const layered = await withOwnPolicy(run.policy, { mirror, commit: tip, signal: run.signal });
  return restrainTonight(layered, run);
}

/** What the schedules and the record allow tonight. */
export function restrainTonight(
  policy: EffectivePolicy,
  { ledger, track, now }: { readonly ledger: Ledger; readonly track: TrackRecord; readonly now: () => Date },
): SettledPolicy {
  const { grants, pullRequests } = track;
  const moment = now();
  const trust = reviewTrust({ pullRequests, entries: ledger.entries }, grants, policy);
  const schedules = [policy, ...(policy.layers ?? [])].flatMap(({ schedule }) => schedule ?? []);
  const closed = schedules.map((schedule) => scheduleHindrance(schedule, moment)).find((reason) => reason !== null);
  const at = moment.toISOString();
  const lost = trust.demotions.map((change): Grant => grantOf(change, at));
  const restraint = { closed: closed ?? null, grants: [...grants, ...lost] };
  if (trust.throttled === null) return { policy: { ...policy, restraint }, trust };
  const { pullRequestsPerNight, openPullRequests } = policy.limits;
  const slow = {
    pullRequestsPerNight: Math.min(1, pullRequestsPerNight),
    openPullRequests: Math.min(1, openPullRequests),
  };
  return { policy: { ...policy, restraint, limits: { ...policy.limits, ...slow } }, trust };
}

/** A demotion as it is remembered. */
export function grantOf({ rule, to, because }: TrustReview["demotions"][number], at: string): Grant {
  return { rule, level: to, at, who: "nightsweep", why: because };
}

/** The trust review for the record of the night; nothing where there is nothing to say. */
export function recordedTrust(trust: TrustReview): { readonly trust?: TrustReview } {
  const { demotions, suggestions, throttled } = trust;
  return demotions.length === 0 && suggestions.length === 0 && throttled === null ? {} : { trust };
}

/** The marking with an alarm for each layer that could not be read. */
export function withPolicyAlarms(marking: Marking, { layers = [] }: EffectivePolicy): Marking {
  const alarms = layers.flatMap(({ problem }): readonly Alarm[] =>
    problem === undefined ? [] : [{ kind: "policy-invalid", text: problem }],
  );
  return alarms.length === 0 ? marking : { ...marking, alarms: [...marking.alarms, ...alarms] };
}

/** The policy may give a repository less time than the machine has. */
export function withinMinutes(limits: Config["limits"], policy: EffectivePolicy): Config["limits"] {
  return { ...limits, verifyMinutes: Math.min(limits.verifyMinutes, policy.limits.minutesPerNight) };
}
