import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { askKnip } from "../io/knip.ts";
import { isAsidePath, isTestPath, joinPath } from "./paths.ts";
import type { KnipFindings, MarkRequest } from "./request.ts";
import type { Package } from "./units.ts";

/** More packages that no other covers are left without an answer: their files count as unknown territory. */
const maxKnipRuns = 40;

/** knip looks at one package root with its workspaces at a time; packages that it did not cover are asked for alone. */
export async function askEveryRoot(
  request: MarkRequest,
  packages: ReadonlyMap<RepoPath, Package>,
): Promise<KnipFindings> {
  const pending = [...packages.keys()].filter(
    (folder) => folder === "" || !(isAsidePath(`${folder}/`) || isTestPath(`${folder}/`)),
  );
  pending.sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
  const covered = new Set<RepoPath>();
  const findings: KnipFindings[] = [];
  for (const folder of pending) {
    if (covered.has(folder) || findings.length >= maxKnipRuns) continue;
    const { workspaces, ...found } = await askRootOrAbstain(request, folder, findings.length === 0);
    findings.push(found);
    for (const workspace of [folder, ...workspaces]) covered.add(workspace);
  }
  return {
    entries: findings.flatMap((found) => found.entries),
    unusedDependencies: findings.flatMap((found) => found.unusedDependencies),
    configErrors: findings.flatMap((found) => found.configErrors),
  };
}

/** A package beside the first one that knip cannot read is unknown territory and an alarm, and stops nobody. */
async function askRootOrAbstain(
  request: MarkRequest,
  folder: RepoPath,
  isFirst: boolean,
): Promise<KnipFindings & { readonly workspaces: readonly RepoPath[] }> {
  try {
    return await askRoot(request, folder);
  } catch (error) {
    if (isFirst || !(error instanceof NightsweepError) || error.code !== "ROOTS_FAILED") throw error;
    return { entries: [], unusedDependencies: [], configErrors: [`${folder}: ${error.message}`], workspaces: [] };
  }
}

async function askRoot(
  request: MarkRequest,
  folder: RepoPath,
): Promise<KnipFindings & { readonly workspaces: readonly RepoPath[] }> {
  const answer = await askKnip(folder === "" ? request.directory : `${request.directory}/${folder}`, {
    timeoutMs: request.knipTimeoutMs ?? 300_000,
    prison: request.sandbox === undefined ? undefined : { sandbox: request.sandbox, top: request.directory },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  const place = (path: string) => joinPath(folder, path) ?? path;
  return {
    entries: answer.entries.map((entry) => ({ ...entry, file: place(entry.file) })),
    unusedDependencies: answer.unusedDependencies.map((dependency) => ({
      ...dependency,
      manifest: place(dependency.manifest),
    })),
    configErrors: answer.configErrors.map((error) => (folder === "" ? error : `${folder}: ${error}`)),
    workspaces: answer.workspaces.map(place),
  };
}
