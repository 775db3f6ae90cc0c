import { NightsweepError, toErrorRecord } from "./core/errors.ts";
import type { NightId, RepoKey } from "./core/names.ts";
import { stages, type RepoResult, type StageName, type StageOutputs } from "./core/stage.ts";
import { readRecord, writeRecord, type Reports } from "./io/records.ts";
import { finishedSteps, finishStep, type Store } from "./io/store.ts";

/** Where the outputs of stages are kept between two runs of the same night. */
export type Archive = {
  /** The stages whose records are complete: they are read, not run. */
  readonly finished: ReadonlySet<StageName>;
  readonly read: <Name extends StageName>(stage: Name) => Promise<{ output: StageOutputs[Name]; ms: number }>;
  readonly write: <Name extends StageName>(
    stage: Name,
    step: { readonly output: StageOutputs[Name]; readonly ms: number; readonly startedAt: string },
  ) => Promise<void>;
};

/** Asked before each stage why it must not begin: the night was told to end, or there is no time for it. */
export type WhyLeave = (stage: StageName) => Promise<string | null>;

/** Keeps nothing: for looking at a repository without leaving a trace. */
export const noArchive: Archive = {
  finished: new Set(),
  read: (stage) => Promise.reject(new NightsweepError("RECORD_INVALID", stage)),
  write: () => Promise.resolve(),
};

/**
 * Keeps each output as a record in the reports folder and notes in the store that it is complete. Stages from `from`
 * on count as unfinished, so a replay runs them again; the ones before it must have been recorded.
 */
export async function openArchive(run: {
  readonly store: Store;
  readonly reports: Reports;
  readonly night: NightId;
  readonly repo: RepoKey;
  readonly from?: StageName;
}): Promise<Archive> {
  const { store, reports, night, repo, from } = run;
  const recorded = Object.keys(await finishedSteps(store, night, repo));
  const usable = from === undefined ? stages : stages.slice(0, stages.indexOf(from));
  const finished = new Set(usable.filter((stage) => recorded.includes(stage)));
  const missing = from === undefined ? undefined : usable.find((stage) => !finished.has(stage));
  if (missing !== undefined)
    throw new NightsweepError(
      "NOT_FOUND",
      `the record of stage "${missing}" of ${repo} in night ${night}; there are ${recorded.join(", ") || "none"}`,
    );
  return {
    finished,
    read: async (stage) => {
      const record = await readRecord(reports.directory, { night, repo, stage });
      if (record === null) throw new NightsweepError("RECORD_INVALID", `${night}/${repo}/${stage}.json is missing`);
      return record;
    },
    write: async (stage, { output, ms, startedAt }) => {
      await writeRecord(reports, { format: 1, night, repo, stage, startedAt, ms, output });
      await finishStep(store, { night, repo, stage, ms, now: startedAt });
    },
  };
}

/** What does not change when the same commit is analysed a night later under the same conditions. */
const carried = ["checkout", "mark", "find"] as const satisfies readonly StageName[];

/**
 * Takes over the finished stages of a repository that another night had no time to end, where they are of the same commit.
 * What people answered since has its say, since everything from the decision on is made anew.
 */
export async function carryOver(
  place: { readonly store: Store; readonly reports: Reports; readonly night: NightId; readonly repo: RepoKey },
  from: { readonly night: NightId; readonly head: string },
): Promise<void> {
  const { store, reports, night, repo } = place;
  const here = await finishedSteps(store, night, repo);
  const there = await finishedSteps(store, from.night, repo);
  const checkout = await readRecord(reports.directory, { night: from.night, repo, stage: "checkout" });
  if (checkout?.output.base.commit !== from.head || Object.keys(here).length > 0) return;
  for (const stage of carried) {
    const record = there[stage] === undefined ? null : await readRecord(reports.directory, { ...from, repo, stage });
    // What comes after a missing stage was made from it and would not fit.
    if (record === null) return;
    await writeRecord(reports, { ...record, night });
    await finishStep(store, { night, repo, stage, ms: record.ms, now: record.startedAt });
  }
}

/** Runs the stages of one repository one after the other and remembers how far they came. */
export type Steps = {
  readonly step: <Name extends StageName>(
    stage: Name,
    work: () => Promise<StageOutputs[Name]>,
  ) => Promise<StageOutputs[Name]>;
  /** What was done so far, with what stopped it. */
  readonly result: (stopped?: unknown) => Pick<RepoResult, "stages" | "ms" | "stopped">;
};

/**
 * The only way from one stage to the next: the output is in the archive before `step` returns, and a stage whose
 * output is there already does not run. Throws INTERRUPTED between two stages when there is a reason to leave.
 */
export function beginSteps(run: {
  readonly archive: Archive;
  readonly now: () => Date;
  /** Why the stage must not begin now; null when it may. */
  readonly whyLeave: WhyLeave;
  readonly onStage: (stage: StageName) => void;
}): Steps {
  const { archive, now, whyLeave, onStage } = run;
  let outputs: Partial<StageOutputs> = {};
  let times: Partial<Record<StageName, number>> = {};
  let current: StageName = "checkout";
  return {
    step: async (stage, work) => {
      current = stage;
      const { output, ms } = archive.finished.has(stage) ? await archive.read(stage) : await runStage(stage, work);
      outputs = { ...outputs, [stage]: output };
      times = { ...times, [stage]: ms };
      return output;
    },
    result: (stopped) => ({
      stages: outputs,
      ms: times,
      ...(stopped === undefined ? {} : { stopped: { stage: current, error: toErrorRecord(stopped) } }),
    }),
  };

  async function runStage<Name extends StageName>(stage: Name, work: () => Promise<StageOutputs[Name]>) {
    const reason = await whyLeave(stage);
    if (reason !== null) throw new NightsweepError("INTERRUPTED", `before the stage "${stage}": ${reason}`);
    onStage(stage);
    const startedAt = now().toISOString();
    const began = performance.now();
    const output = await work();
    const ms = Math.round(performance.now() - began);
    await archive.write(stage, { output, ms, startedAt });
    return { output, ms };
  }
}
