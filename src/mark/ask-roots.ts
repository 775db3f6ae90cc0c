import { NightsweepError } from "../core/errors.ts";
import type { RepoPath } from "../core/names.ts";
import { askKnip, type KnipAnswer } from "../io/knip.ts";
import { isAsidePath, isTestPath, joinPath } from "./paths.ts";
import type { KnipFindings, MarkRequest } from "./request.ts";
import type { Package } from "./units.ts";

/** More packages that no other covers are left without an answer: their files count as unknown territory. */
const mostPackageRoots = 40;

/**
 * knip looks at one package root with its workspaces at a time; packages that it did not cover are asked for alone. One
 * beside the first that knip cannot read is unknown territory and an alarm, and stops nobody. Throws ROOTS_FAILED when
 * that is the first.
 */
export async function askEveryRoot(
  request: MarkRequest,
  packages: ReadonlyMap<RepoPath, Package>,
): Promise<KnipFindings> {
  const folders = [...packages.keys()]
    .filter((folder) => folder === "" || !(isAsidePath(`${folder}/`) || isTestPath(`${folder}/`)))
    .toSorted((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
  const place = (folder: RepoPath) => (folder === "" ? request.directory : `${request.directory}/${folder}`);
  const answers = await askKnip(folders.map(place), {
    mostRoots: mostPackageRoots,
    timeoutMs: request.knipTimeoutMs ?? 300_000,
    prison: request.sandbox === undefined ? undefined : { sandbox: request.sandbox, top: request.directory },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  const [first] = answers;
  if (first?.kind === "failed") throw new NightsweepError("ROOTS_FAILED", "knip", { detail: first.reason });
  const findings = answers.map((answer) => toFindings(answer, answer.directory.slice(request.directory.length + 1)));
  return {
    entries: findings.flatMap((found) => found.entries),
    unusedDependencies: findings.flatMap((found) => found.unusedDependencies),
    configErrors: findings.flatMap((found) => found.configErrors),
    covered: findings.flatMap((found) => found.covered ?? []),
    ignores: {
      packages: findings.flatMap(({ ignores }) => ignores?.packages ?? []),
      onlyTags: findings.flatMap(({ ignores }) => ignores?.onlyTags ?? []),
      neverTags: findings.flatMap(({ ignores }) => ignores?.neverTags ?? []),
    },
  };
}

function toFindings(answer: KnipAnswer, folder: RepoPath): KnipFindings {
  const isTop = folder === "";
  if (answer.kind === "failed")
    return { entries: [], unusedDependencies: [], configErrors: [`${folder}: knip: ${answer.reason.trim()}`] };
  const place = (path: string) => joinPath(folder, path) ?? path;
  return {
    entries: answer.entries.map((entry) => ({ ...entry, file: place(entry.file) })),
    unusedDependencies: answer.unusedDependencies.map((dependency) => ({
      ...dependency,
      manifest: place(dependency.manifest),
    })),
    configErrors: answer.configErrors.map((error) => (isTop ? error : `${folder}: ${error}`)),
    ignores: {
      ...answer.ignores,
      packages: answer.ignores.packages.map((one) => ({ ...one, directory: place(one.directory) })),
    },
    covered: [{ root: folder, workspaces: answer.workspaces.map(place) }],
  };
}
