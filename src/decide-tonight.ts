import type { CheckedOut } from "./checkout/check-out.ts";
import type { Candidate } from "./core/candidate.ts";
import type { Alarm } from "./core/marking.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import type { Remake } from "./core/pull-request.ts";
import type { StageOutputs } from "./core/stage.ts";
import { decide } from "./decide/decide.ts";
import type { Source } from "./publish/forge.ts";
import { standingCandidates } from "./publish/standing.ts";
import { planRemakes, type StandingNight } from "./publish/tend.ts";
import type { RepoRun } from "./run-repo.ts";
import { reviewDecisions } from "./second-opinion.ts";
import { withAnswers, type Answers } from "./settle.ts";

type Deciding = Pick<RepoRun, "goal" | "night" | "ledger" | "signal" | "now" | "openModel" | "principles">;

/** What the policy says of each candidate, as people's answers and then a second opinion leave it. */
export async function decideTonight(
  run: Deciding,
  known: {
    readonly policy: EffectivePolicy;
    readonly candidates: readonly Candidate[];
    readonly alarms: readonly Alarm[];
    readonly source: Source;
    readonly now: string;
    readonly checkedOut: CheckedOut;
    readonly ours: StandingNight | null;
  },
): Promise<StageOutputs["decide"]> {
  const { policy, candidates, alarms, source, now, checkedOut, ours } = known;
  const planned = ours === null ? [] : await planRemakes(ours);
  const decided = decide(candidates, policy, alarms);
  const answered = withAnswers(decided, candidates, await readAnswers(run, { source, now, planned }));
  const spared = new Set(planned.flatMap((remake) => remake.candidates));
  const { principles = [] } = run;
  const grounds = { checkedOut, candidates, spared, principles, now: run.now(), signal: run.signal };
  const reviewed = await reviewDecisions(answered, run.openModel?.(policy) ?? null, grounds);
  return { ...reviewed, remakes: planned };
}

/** What earlier nights left. The candidates of what this night opened itself are its own to finish. */
async function readAnswers(
  { goal, night, ledger, signal }: Deciding,
  known: { readonly source: Source; readonly now: string; readonly planned: readonly Remake[] },
): Promise<Answers> {
  const { source, now, planned } = known;
  const remade = new Set(planned.flatMap((remake) => remake.candidates));
  const all = goal.kind === "publish" ? await goal.forge.list(source, signal) : [];
  const earlier = all.filter((pullRequest) => pullRequest.night !== night);
  return { ledger, standing: standingCandidates(earlier, now), remade, now };
}
