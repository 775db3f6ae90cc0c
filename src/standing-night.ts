import type { Candidate } from "./core/candidate.ts";
import type { Ledger } from "./core/ledger.ts";
import type { Remembered } from "./core/lifecycle.ts";
import type { Marking } from "./core/marking.ts";
import type { CandidateId, NightId } from "./core/names.ts";
import type { Policy } from "./core/policy-schema.ts";
import { recall } from "./core/recall.ts";
import type { Publication, Remake } from "./core/pull-request.ts";
import type { StageOutputs } from "./core/stage.ts";
import { decide } from "./decide/decide.ts";
import type { SeenPullRequest } from "./io/remembered-pull-requests.ts";
import type { Forge, Source } from "./publish/forge.ts";
import { publish, type PublishRequest } from "./publish/publish.ts";
import { withEndings } from "./publish/standing.ts";
import { tendStanding, type StandingNight } from "./publish/tend.ts";
import { alarmsOf, isProposed } from "./settle.ts";
import { isRemade } from "./sweep/remakes.ts";
import { attribute } from "./verify/attribute.ts";

type Decisions = StageOutputs["decide"]["decisions"];

/** What is known of a repository's night once everything was found and decided. */
type Known = {
  readonly night: NightId;
  readonly now: string;
  readonly forge: Forge;
  readonly source: Source;
  readonly marking: Marking;
  readonly candidates: readonly Candidate[];
  readonly policy: Policy;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
};

/** What the standing pull requests are measured against tonight; null where the forge cannot look after any. */
export function standingNight(known: Known): StandingNight | null {
  const { night, now, forge, source, marking, candidates, policy, signal } = known;
  if (forge.standing === undefined) return null;
  const alarms = alarmsOf(marking, source.record);
  const decided = decide(candidates, policy, []);
  return {
    ...{ night, now, port: forge.standing, source, signal },
    // With a bad footing much is found that is alive, and what is missing says nothing either.
    found: alarms.length > 0 ? null : candidates,
    refusals: refusalsOf(decided, known),
    forgeTests: source.record.forgeTests ?? null,
    accuse: attribute,
    automerge: new Set(decided.flatMap(({ id, action }) => (action === "automerge" ? [id] : []))),
  };
}

/** What takes back a pull request that people may be looking at; that a rule or the repository rests does not. */
const takesBack: ReadonlySet<string> = new Set(["kept", "snoozed", "culprit"]);

/**
 * What stands is taken back where somebody protects it or wants it kept, or where it turned out to be needed. That a
 * policy has become more careful is no reason, and neither is what stands in the ledger about a pull request itself: one
 * that was closed may have been opened again.
 */
function refusalsOf(decided: Decisions, { candidates, ledger, now }: Known): ReadonlyMap<CandidateId, string> {
  const hindranceOf = recall(
    ledger,
    candidates.map(({ id }) => id),
    now,
  );
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return new Map(
    decided.flatMap(({ id, action, rule, because }) => {
      const candidate = byId.get(id);
      if (action === "ignore") return [[id, because] as const];
      const hindrance = candidate === undefined ? null : hindranceOf({ candidate, rule });
      return hindrance !== null && takesBack.has(hindrance.rule) ? [[id, hindrance.because] as const] : [];
    }),
  );
}

/** Where pull requests go, and who is told of them. */
export type Publishing = {
  readonly forge: Forge;
  /** Told what the forge knows of our pull requests once publishing is over. */
  readonly remember: (known: readonly SeenPullRequest[]) => Promise<void>;
  /** Told what people answered and what became of a standing pull request, before anything is done about it. */
  readonly note: (entry: Remembered) => Promise<void>;
};

/** What stands comes first, since what it ends makes room for what is new. */
export async function tendAndPublish(
  request: Omit<PublishRequest, "batches" | "forge" | "limits"> & { readonly policy: Policy },
  { forge, remember, note }: Publishing,
  { ours, remakes }: { readonly ours: StandingNight | null; readonly remakes: readonly Remake[] },
): Promise<Publication> {
  const { decisions, verification, policy, checkout, signal } = request;
  const allowed = new Set(decisions.filter(isProposed).map(({ id }) => id));
  const batches = verification.batches.filter((one) => one.candidates.every((id) => allowed.has(id)));
  const proof = { ...request, forge, verification: { ...verification, batches } };
  const standing = ours === null ? [] : await tendStanding({ ...ours, remakes, request: proof, note });
  const fresh = batches.filter((one) => !isRemade(one, remakes));
  const publication = await publish({ ...request, batches: fresh, forge, limits: policy.limits });
  await remember(withEndings(await forge.list(checkout, signal), request.at));
  return { ...publication, standing };
}
