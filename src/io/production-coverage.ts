import { readdir, readFile, stat } from "node:fs/promises";
import { SourceMap, type SourceMapPayload } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import type { ProductionConfig } from "../core/production-schema.ts";
import type { Production, SeenFunction } from "../core/production.ts";

/** More and larger files than that are no coverage, or should be merged first. */
const mostFiles = 5_000;
const mostBytes = 256 * 1024 * 1024;

const v8Schema = z.looseObject({
  result: z.array(
    z.looseObject({
      url: z.string(),
      functions: z.array(
        z.looseObject({
          functionName: z.string(),
          ranges: z.array(z.looseObject({ startOffset: z.number(), count: z.number() })).min(1),
        }),
      ),
    }),
  ),
  "source-map-cache": z
    .record(
      z.string(),
      z.looseObject({
        lineLengths: z.array(z.number()),
        data: z
          .custom<SourceMapPayload>((data) => typeof data === "object" && data !== null && "mappings" in data)
          .nullish(),
      }),
    )
    .optional(),
});

const istanbulSchema = z.record(
  z.string(),
  z.looseObject({
    path: z.string(),
    fnMap: z.record(
      z.string(),
      z.looseObject({ name: z.string(), loc: z.looseObject({ start: z.looseObject({ line: z.number() }) }) }),
    ),
    f: z.record(z.string(), z.number()),
  }),
);

/** A function with the place that production had it in. */
type Placed = SeenFunction & { readonly place: string };

/**
 * Reads what production ran. What is no file of the repository, such as Node's own, packages and bundles without a source
 * map, is left out. Throws COVERAGE_UNREADABLE.
 */
export async function readProduction(
  { coverage, since, until, paths, covers }: ProductionConfig,
  tracked: readonly RepoPath[],
): Promise<Production> {
  const found = (await Promise.all(coverage.map(listCoverage))).flat();
  if (found.length > mostFiles) throw unreadable(coverage.join(", "), `there are ${found.length} files; merge them`);
  const locate = createLocator(tracked, paths);
  const files = new Map<RepoPath, Map<string, SeenFunction>>();
  let newest = 0;
  for (const file of found) {
    newest = Math.max(newest, (await stat(file)).mtimeMs);
    for (const { place: where, ...seen } of await readCoverage(file)) {
      const known = locate(where);
      if (known === undefined) continue;
      const inFile = files.get(known) ?? new Map<string, SeenFunction>();
      files.set(known, inFile);
      const key = `${seen.name ?? ""}:${seen.line ?? ""}`;
      inFile.set(key, { ...seen, ran: seen.ran + (inFile.get(key)?.ran ?? 0) });
    }
  }
  const end = until ?? new Date(newest).toISOString().slice(0, 10);
  return { since, until: end, covers, files: new Map([...files].map(([file, seen]) => [file, [...seen.values()]])) };
}

async function listCoverage(place: string): Promise<readonly string[]> {
  try {
    if (!(await stat(place)).isDirectory()) return [place];
    const names = (await readdir(place)).filter((name) => name.endsWith(".json")).toSorted();
    if (names.length === 0) throw unreadable(path.basename(place), "the folder has no .json file");
    return names.map((name) => path.join(place, name));
  } catch (error) {
    if (error instanceof NightsweepError) throw error;
    throw unreadable(path.basename(place), error instanceof Error ? error.message : String(error));
  }
}

async function readCoverage(file: string): Promise<readonly Placed[]> {
  const name = path.basename(file);
  if ((await stat(file)).size > mostBytes) throw unreadable(name, "it is larger than 256 MiB");
  const data = parseJson(await readFile(file, "utf8"), name);
  const v8 = v8Schema.safeParse(data);
  if (v8.success) return listV8(v8.data);
  const istanbul = istanbulSchema.safeParse(data);
  if (!istanbul.success) throw unreadable(name, "it is neither V8's coverage nor Istanbul's");
  return Object.values(istanbul.data).flatMap((one) =>
    Object.entries(one.fnMap).map(([id, { name: called, loc }]) => ({
      place: one.path,
      name: called.startsWith("(anonymous") ? null : called,
      line: loc.start.line,
      ran: one.f[id] ?? 0,
    })),
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(name, cause instanceof Error ? cause.message : String(cause));
  }
}

function listV8({ result, "source-map-cache": maps = {} }: z.output<typeof v8Schema>): readonly Placed[] {
  return result.flatMap(({ url, functions }) => {
    if (!url.startsWith("file:")) return [];
    const cached = maps[url];
    const map = cached?.data ? { source: new SourceMap(cached.data), lineLengths: cached.lineLengths } : undefined;
    return functions.flatMap(({ functionName, ranges: [whole] }): readonly Placed[] => {
      if (whole === undefined) return [];
      const origin = map === undefined ? { place: url, line: null } : originOf(map, whole.startOffset, url);
      const name = functionName === "" ? null : functionName;
      // The script itself is counted too. It stands for the whole file, not for what its first line declares.
      const isScript = name === null && whole.startOffset === 0;
      return [{ ...origin, ...(isScript ? { line: null } : {}), name, ran: whole.count }];
    });
  });
}

function originOf(
  { source, lineLengths }: { readonly source: SourceMap; readonly lineLengths: readonly number[] },
  offset: number,
  url: string,
): { readonly place: string; readonly line: number | null } {
  let left = offset;
  let line = 0;
  for (const length of lineLengths) {
    if (left <= length) break;
    left -= length + 1;
    line += 1;
  }
  const entry = source.findEntry(line, left);
  if (!("originalSource" in entry)) return { place: url, line: null };
  return { place: new URL(entry.originalSource, url).href, line: entry.originalLine + 1 };
}

/** Finds the file of the repository that a place of production is, by the longest path that it ends with. */
function createLocator(
  files: readonly RepoPath[],
  paths: ProductionConfig["paths"],
): (place: string) => RepoPath | undefined {
  const known = new Set(files);
  return (place) => {
    const full = place.startsWith("file:") ? fileURLToPath(place) : place;
    const plain = full.split("\\").join("/");
    if (plain.includes("/node_modules/")) return undefined;
    for (const [folder, ours] of Object.entries(paths)) {
      const top = folder.replace(/\/+$/, "");
      if (!plain.startsWith(`${top}/`)) continue;
      const moved = path.posix.join(ours, plain.slice(top.length + 1));
      return known.has(moved) ? moved : undefined;
    }
    const parts = plain.split("/");
    const ends = parts.map((_, index) => parts.slice(index).join("/"));
    return ends.find((end) => end.includes("/") && known.has(end));
  };
}

function unreadable(name: string, detail: string): NightsweepError {
  return new NightsweepError("COVERAGE_UNREADABLE", name, { detail });
}
