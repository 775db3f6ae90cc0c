import { emptyLedger } from "./core/ledger.ts";
import type { CandidateId } from "./core/names.ts";
import { nightId, repoKey } from "./core/names.ts";
import type { Category } from "./core/policy.ts";
import type { RepoResult } from "./core/stage.ts";
import { loadConfigOrDefaults } from "./io/config-file.ts";
import { clearAfterTheDead } from "./io/janitor.ts";
import { resolveLocation } from "./io/location.ts";
import { createNightMask } from "./night-plan.ts";
import { emptyTrackRecord, readConfiguredPolicy } from "./night-policy.ts";
import { runRepo, type RepoOutcome } from "./run-repo.ts";
import type { Session } from "./session.ts";
import { afterVerify } from "./settle.ts";
import { noArchive } from "./steps.ts";
import { unifiedDiff } from "./sweep/diff.ts";
import { mergeEdits } from "./sweep/merge.ts";

/** What to look at, as the command line says it. */
type Wish = {
  readonly location: string;
  readonly ref: string | undefined;
  readonly config: string | undefined;
  readonly passes: readonly Category[];
  readonly verify: boolean;
  readonly diff: boolean;
};

/** What a look found: the decisions are those after the checks; a diff for each candidate if diffs were wished for. */
type Look = { readonly result: RepoResult; readonly diffs: ReadonlyMap<CandidateId, string> };

/** Runs the stages on one repository up to the checks, without a record, a forge, or a trace in the ledger. */
export async function tryRepository(session: Session, wish: Wish): Promise<Look> {
  const { currentDirectory, environment, signal, now, terminal } = session;
  const config = await loadConfigOrDefaults(wish.config, currentDirectory, environment);
  const { stateDirectory, limits, sandbox, installHosts } = config;
  const policy = await readConfiguredPolicy(config);
  await clearAfterTheDead(stateDirectory);
  const location = await resolveLocation(wish.location, { directory: currentDirectory, stateDirectory, signal });
  const key = repoKey(location);
  const configured = config.repositories.find((one) => one.location === wish.location);
  const outcome = await runRepo({
    repository: { ...configured, location: wish.location, key },
    location,
    ref: wish.ref,
    stateDirectory,
    limits,
    sandbox,
    installHosts,
    policy,
    passes: wish.passes.length === 0 ? undefined : wish.passes,
    goal: { kind: wish.verify ? "verify" : "sweep" },
    night: nightId(now().toISOString().slice(0, 10)),
    archive: noArchive,
    ledger: emptyLedger,
    track: emptyTrackRecord,
    mask: createNightMask(config, environment),
    now,
    signal,
    onProgress: (stage, detail) => {
      terminal.progress({ repo: key, stage, ...(detail === undefined ? {} : { detail }) });
    },
  });
  terminal.progress(null);
  return { result: settle(outcome), diffs: wish.diff ? diffsOf(outcome) : new Map() };
}

function settle({ result, policy }: RepoOutcome): RepoResult {
  const { checkout = {}, find, decide, verify } = result.stages;
  if (find === undefined || decide === undefined || verify === undefined) return result;
  const decisions = afterVerify({ ...find, ...decide, verification: verify, policy, checkout });
  return { ...result, stages: { ...result.stages, decide: { decisions } } };
}

/** The change of each candidate by itself, with what must go before it. */
function diffsOf({ result, texts }: RepoOutcome): ReadonlyMap<CandidateId, string> {
  const candidates = result.stages.find?.candidates ?? [];
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return new Map(
    candidates.map(({ id, edits, requires }) => {
      const needed = requires.flatMap((other) => byId.get(other)?.edits ?? []);
      return [id, unifiedDiff(mergeEdits([...needed, ...edits], texts), texts)];
    }),
  );
}
