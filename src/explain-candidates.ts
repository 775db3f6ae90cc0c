import path from "node:path";
import { answerInWords, isOver, unwithdrawn } from "./core/answer.ts";
import type { Candidate } from "./core/candidate.ts";
import { NightsweepError } from "./core/errors.ts";
import { emptyLedger, movableKey, type Ledger, type LedgerEvent } from "./core/ledger.ts";
import type { RepoKey } from "./core/names.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import { recall } from "./core/recall.ts";
import { evaluate } from "./decide/evaluate.ts";
import { explainDecision } from "./decide/explain-decision.ts";
import { reachableAssurance } from "./decide/decide.ts";
import { policyTestOf } from "./decide/policy-tests.ts";
import { readGrants } from "./io/autonomy.ts";
import type { LoadedConfig } from "./io/config-file.ts";
import { readTextIfPresent } from "./io/files.ts";
import { readEvents, readLedger } from "./io/ledger.ts";
import { readOpinions } from "./io/model-store.ts";
import { readPullRequests } from "./io/remembered-pull-requests.ts";
import { openStore } from "./io/store.ts";
import { emptyTrackRecord, restrainTonight, type TrackRecord } from "./night-policy.ts";
import { objectionInWords } from "./second-opinion.ts";
import { readStandingResults, standingResultsOf, type StandingResults } from "./standing-results.ts";
import { saveTest } from "./test-policies.ts";

/** What is asked about: a candidate by its id, or a place. */
export type Subject =
  | { readonly kind: "candidate"; readonly id: string }
  | { readonly kind: "place"; readonly file: string; readonly symbol: string | undefined };

/** Reads what the command line names: an id has its category in front and its hash behind. */
export function parseSubject(text: string): Subject {
  if (/^[a-z-]+:.+:[0-9a-f]{12}-[0-9a-f]{4}$/.test(text)) return { kind: "candidate", id: text };
  const [file = "", symbol] = text.split("#", 2);
  return { kind: "place", file, symbol };
}

/** What is remembered of a repository, for an explanation. */
export type Memory = {
  readonly ledger: Ledger;
  readonly track: TrackRecord;
  readonly events: readonly LedgerEvent[];
  readonly opinions: Awaited<ReturnType<typeof readOpinions>>;
  readonly standing: StandingResults | null;
};

/** Reads the memory of a repository where there is one; looking makes none. */
export async function readMemory(config: LoadedConfig, repo: RepoKey): Promise<Memory> {
  const nothing = { ledger: emptyLedger, track: emptyTrackRecord, events: [], opinions: [], standing: null };
  if (config.file === null) return nothing;
  if ((await readTextIfPresent(path.join(config.stateDirectory, "nightsweep.sqlite"))) === undefined) return nothing;
  await using store = await openStore(config.stateDirectory, config.databaseUrl);
  const track = { pullRequests: await readPullRequests(store, repo), grants: await readGrants(store, repo) };
  return {
    ledger: await readLedger(store, repo),
    track,
    events: await readEvents(store, repo),
    opinions: await readOpinions(store, repo),
    standing: await readStandingResults(config.reportsDirectory, repo),
  };
}

/** The candidates that a subject is about. Throws NOT_FOUND for an id that is none of tonight's. */
export function candidatesAbout(candidates: readonly Candidate[], subject: Subject): readonly Candidate[] {
  if (subject.kind === "candidate") {
    const found = candidates.filter(({ id }) => id === subject.id);
    if (found.length > 0) return found;
    const near = candidates.filter(({ id }) => id.split(":")[1] === subject.id.split(":")[1]);
    const there = near.length === 0 ? `${candidates.length} others` : near.map(({ id }) => id).join(", ");
    throw new NightsweepError("NOT_FOUND", `candidate ${subject.id}; there are ${there}`);
  }
  const { file, symbol } = subject;
  const isMeant = (one: { readonly file: string; readonly name: string }) =>
    one.file === file && (symbol === undefined || one.name === symbol || one.name.endsWith(`.${symbol}`));
  return candidates.filter(({ subject: head, members }) => isMeant(head) || members.some(isMeant));
}

/** Each layer rule by rule, why not, and what the ledger says, for some candidates of one repository. */
export function explainCandidates(
  wanted: readonly Candidate[],
  all: readonly Candidate[],
  context: { readonly policy: EffectivePolicy; readonly memory: Memory; readonly now: () => Date },
): readonly string[] {
  const { memory, now } = context;
  const { policy } = restrainTonight(context.policy, { ledger: memory.ledger, track: memory.track, now });
  const moment = now().toISOString();
  const ids = all.map(({ id }) => id);
  const hindranceOf = recall(memory.ledger, ids, moment);
  return wanted.flatMap((candidate) => {
    const { rule } = evaluate({ candidate, assurance: reachableAssurance(candidate) }, policy);
    const hindrance = hindranceOf({ candidate, rule });
    return [
      "",
      ...explainDecision(candidate, policy),
      ...(hindrance === null ? [] : [`but the ledger holds it back: ${hindrance.rule}: ${hindrance.because}`]),
      ...opinionsOf(candidate, memory),
      ...rememberedOf(candidate, memory, moment),
      ...standingResultsOf(candidate.id, memory.standing),
    ];
  });
}

function opinionsOf({ id }: Candidate, { opinions }: Memory): readonly string[] {
  return opinions
    .filter(({ opinion }) => movableKey(opinion.id) === movableKey(id))
    .map(({ night, opinion }) =>
      opinion.verdict === "no-objection"
        ? `  ${night} second opinion: ${opinion.model} objects to nothing`
        : `  ${night} second opinion holds it back: ${objectionInWords(opinion)}`,
    );
}

function rememberedOf(candidate: Candidate, { ledger, events }: Memory, now: string): readonly string[] {
  const own = events.filter(({ id }) => movableKey(id) === movableKey(candidate.id));
  const answers = unwithdrawn(ledger.answers).filter(
    ({ about }) =>
      (about.kind === "candidate" && movableKey(about.id) === movableKey(candidate.id)) ||
      (about.kind === "symbol" && about.file === candidate.subject.file && about.name === candidate.subject.name),
  );
  return [
    ...own.map(({ at, state, reason }) => `  ${at.slice(0, 10)} ${state}${reason === null ? "" : `: ${reason}`}`),
    ...answers.map(
      (answer) => `  ${answer.at.slice(0, 10)} ${answerInWords(answer)}${isOver(answer, now) ? " (over)" : ""}`,
    ),
  ];
}

/** Keeps what is decided over a candidate as a test of the policy; gives the line that says so. */
export async function keepAsTest(
  file: string,
  policyFile: string,
  { candidate, policy }: { readonly candidate: Candidate; readonly policy: EffectivePolicy },
): Promise<string> {
  const test = policyTestOf(candidate, policy);
  await saveTest(file, policyFile, test);
  return `saved: ${path.basename(file)} expects ${test.expect} by ${test.rule ?? "any rule"}`;
}
