import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { repoDetailsSchema, type RepoDetails } from "../core/details.ts";
import { NightsweepError } from "../core/errors.ts";
import { nightId, type NightId, type RepoKey } from "../core/names.ts";
import { nightFiguresSchema, type NightFigures } from "../core/night-document.ts";
import {
  errorRecordSchema,
  nightIdSchema,
  repoKeySchema,
  stageNameSchema,
  stageOutputSchemas,
} from "../core/record-schema.ts";
import {
  stages,
  type NightResult,
  type RepoResult,
  type StageName,
  type StageOutputs,
  type StageRecord,
} from "../core/stage.ts";
import { maskDeep, type Mask } from "./mask.ts";

const detailsFile = "details.json";

/** The folder of all records, and the mask that everything written there passes. */
export type Reports = { readonly directory: string; readonly mask: Mask };

const milliseconds = z.partialRecord(stageNameSchema, z.number().nonnegative());
const nightSchema = z.strictObject({
  format: z.literal(1),
  night: nightIdSchema,
  startedAt: z.string(),
  ms: z.number().nonnegative(),
  dryRun: z.boolean(),
  repos: z.array(
    z.strictObject({
      repo: repoKeySchema,
      location: z.string(),
      ms: milliseconds,
      stopped: z.strictObject({ stage: stageNameSchema, error: errorRecordSchema }).exactOptional(),
      rested: z.strictObject({ kind: z.enum(["unchanged", "failing"]), because: z.string() }).exactOptional(),
    }),
  ),
  left: z.array(repoKeySchema).exactOptional(),
});

/** Writes a stage's record to `<night>/<repo>/<stage>.json`; a crash leaves the old one or the new one, never half. */
export async function writeRecord(reports: Reports, record: StageRecord): Promise<void> {
  await writeJson(reports, recordPath(record.night, record.repo, record.stage), record);
}

/** Reads a stage's record back; null when that stage has none. Throws RECORD_INVALID with the place in the record. */
export async function readRecord<Name extends StageName>(
  directory: string,
  of: { readonly night: NightId; readonly repo: RepoKey; readonly stage: Name },
): Promise<StageRecord<Name> | null> {
  const { night, repo, stage } = of;
  const path = recordPath(night, repo, stage);
  const text = await readIfThere(join(directory, path));
  if (text === null) return null;
  const schema = z.strictObject({
    format: z.literal(1),
    night: z.literal(night),
    repo: z.literal(repo),
    stage: z.literal(stage),
    startedAt: z.string(),
    ms: z.number().nonnegative(),
    output: z.unknown(),
  });
  const { output, startedAt, ms } = matching(path, parseJson(path, text), schema);
  const schemaOfStage: z.ZodType<StageOutputs[Name]> = stageOutputSchemas[stage];
  return { format: 1, night, repo, stage, startedAt, ms, output: matching(`${path} output`, output, schemaOfStage) };
}

/** Writes what reports show of candidates besides their records, to `<night>/<repo>/details.json`. */
export async function writeDetails(
  reports: Reports,
  { night, repo }: { readonly night: NightId; readonly repo: RepoKey },
  details: RepoDetails,
): Promise<void> {
  await writeJson(reports, join(night, repo, detailsFile), details);
}

/** Reads the details back; null where none were written, such as when a stage stopped the repository before. */
export async function readDetails(
  directory: string,
  { night, repo }: { readonly night: NightId; readonly repo: RepoKey },
): Promise<RepoDetails | null> {
  const path = join(night, repo, detailsFile);
  const text = await readIfThere(join(directory, path));
  return text === null ? null : matching(path, parseJson(path, text), repoDetailsSchema);
}

/** Writes what the night's stages do not say, to `<night>/night.json`: times, and what stopped. */
export async function writeNight(reports: Reports, result: NightResult): Promise<void> {
  const { night, startedAt, ms, dryRun, left } = result;
  const repos = result.repos.map(({ repo, location, ms, stopped, rested }) => ({
    ...{ repo, location, ms },
    ...(stopped === undefined ? {} : { stopped }),
    ...(rested === undefined ? {} : { rested }),
  }));
  const document = { format: 1, night, startedAt, ms, dryRun, repos, ...(left === undefined ? {} : { left }) };
  await writeJson(reports, join(night, "night.json"), document);
}

/** Adds a repository to the record of a night that workers share, or puts its newer result in place of the older. */
export async function addToNight(reports: Reports, night: NightId, result: RepoResult): Promise<void> {
  const path = join(night, "night.json");
  const text = (await readIfThere(join(reports.directory, path))) ?? "null";
  const { repos, ...rest } = matching(path, parseJson(path, text), nightSchema);
  const others = repos.filter(({ repo }) => repo !== result.repo).map((repo) => ({ ...repo, stages: {} }));
  await writeNight(reports, { ...rest, repos: [...others, result] });
}

/** Reads a whole night back from its records. Throws NOT_FOUND with the nights there are, or RECORD_INVALID. */
export async function readNight(directory: string, night: NightId): Promise<NightResult> {
  const path = join(night, "night.json");
  const text = await readIfThere(join(directory, path));
  if (text === null) {
    const there = await recordedNights(directory);
    const list = there.length === 0 ? "there is none yet" : `there are ${there.slice(0, 10).join(", ")}`;
    throw new NightsweepError("NOT_FOUND", `night ${night}; ${list}`);
  }
  const { startedAt, ms, dryRun, repos, left } = matching(path, parseJson(path, text), nightSchema);
  const results: RepoResult[] = [];
  for (const repo of repos) results.push({ ...repo, stages: await readStages(directory, night, repo.repo) });
  return { night, startedAt, ms, dryRun, repos: results, ...(left === undefined ? {} : { left }) };
}

/** Reads one repository of a night back. Throws NOT_FOUND where the night does not have it, or RECORD_INVALID. */
export async function readRepo(directory: string, night: NightId, repo: RepoKey): Promise<RepoResult> {
  const path = join(night, "night.json");
  const text = (await readIfThere(join(directory, path))) ?? "null";
  const found = matching(path, parseJson(path, text), nightSchema).repos.find((one) => one.repo === repo);
  if (found === undefined) throw new NightsweepError("NOT_FOUND", `repository ${repo} in night ${night}`);
  return { ...found, stages: await readStages(directory, night, repo) };
}

/** Reads the figures of a night; null where none were written, which are those of before there were any. */
export async function readFigures(directory: string, night: NightId): Promise<NightFigures | null> {
  const path = join(night, "figures.json");
  const text = await readIfThere(join(directory, path));
  return text === null ? null : matching(path, parseJson(path, text), nightFiguresSchema);
}

/** The nights that have records, newest first. */
export async function recordedNights(directory: string): Promise<readonly NightId[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => absent(error, []));
  return entries
    .filter((entry) => entry.isDirectory() && nightIdSchema.safeParse(entry.name).success)
    .map((entry) => nightId(entry.name))
    .toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
}

/**
 * Writes a page made from records, which have passed the mask: masking it again could hide a part of its markup. `path` is
 * relative to the folder of all records.
 */
export async function writePage({ directory }: Reports, path: string, text: string): Promise<void> {
  await writeWhole(join(directory, path), text);
}

/** Writes a document for other programs, on as few lines as a person can still read. */
export async function writeJsonReport(reports: Reports, path: string, document: object): Promise<void> {
  await writeJson(reports, path, document);
}

async function readStages(directory: string, night: NightId, repo: RepoKey): Promise<Partial<StageOutputs>> {
  const outputs: [StageName, StageOutputs[StageName]][] = [];
  for (const stage of stages) {
    const record = await readRecord(directory, { night, repo, stage });
    if (record !== null) outputs.push([stage, record.output]);
  }
  return Object.fromEntries(outputs);
}

function recordPath(night: NightId, repo: RepoKey, stage: StageName): string {
  return join(night, repo, `${stage}.json`);
}

async function writeJson(reports: Reports, path: string, value: object): Promise<void> {
  const text = JSON.stringify(maskDeep(value, reports.mask), null, 1);
  await writeWhole(join(reports.directory, path), `${text}\n`);
}

/** A name of its own for the unfinished file, so that two writers never share one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.unfinished`;
  const handle = await open(unfinished, "w");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: unknown) => absent(error, null));
}

/** What is not there is an answer; anything else that the disk says is not. */
function absent<Answer>(error: unknown, answer: Answer): Answer {
  if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return answer;
  throw error;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new NightsweepError("RECORD_INVALID", path, { cause: error, detail });
  }
}

function matching<Value>(place: string, json: unknown, schema: z.ZodType<Value>): Value {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new NightsweepError("RECORD_INVALID", place, { cause: parsed.error, detail: z.prettifyError(parsed.error) });
}
