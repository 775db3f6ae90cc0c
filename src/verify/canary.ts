import type { Canary, CheckRun } from "../core/check.ts";
import type { FileChange } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { showFile } from "../io/git-tree.ts";
import type { Laboratory, ProvenCheck, Specimen } from "./laboratory.ts";

/** Breaks one live function of a file on purpose; null when it has none. */
export type BreakFile = (file: RepoPath, text: string) => { readonly name: string; readonly text: string } | null;

/** Where a canary can be put. */
export type CanaryRequest = {
  readonly specimen: Specimen;
  readonly laboratory: Pick<Laboratory, "prepare" | "examine">;
  readonly checks: readonly ProvenCheck[];
  readonly mirror: string;
  readonly base: string;
  /** Files of the base, of which neighbours are chosen. */
  readonly files: readonly RepoPath[];
  readonly breakFile: BreakFile;
  readonly signal: AbortSignal;
};

/** Neighbours that are looked at before it is given up. */
const mostNeighbours = 10;

/**
 * Asks whether the tests would have noticed: breaks a live function beside what goes, in a file that the change edits or
 * else in the same folder, and runs the tests on that tree. Type checks and builds are not asked: a throw compiles.
 * null: there are no tests, or nothing beside it that could be broken.
 */
export async function tryCanary(request: CanaryRequest): Promise<Canary | null> {
  const { specimen, laboratory, mirror, base, breakFile, signal } = request;
  const checks = request.checks.filter(({ check }) => check.kind === "test");
  if (checks.length === 0) return null;
  for (const file of neighboursOf(specimen.changes, request.files)) {
    const change = specimen.changes.find((one) => one.file === file);
    const text = change?.kind === "write" ? change.text : await showFile(mirror, base, file, signal);
    const broken = text === undefined ? null : breakFile(file, text);
    if (broken === null) continue;
    const others = specimen.changes.filter((one) => one.file !== file);
    const changes: readonly FileChange[] = [...others, { kind: "write", file, text: broken.text }];
    const examination = { checks, candidates: [], accuses: () => true };
    const { failure, treeRun } = await laboratory.examine(await laboratory.prepare(changes), examination);
    return { file, name: broken.name, noticedBy: failure?.check ?? null, ms: total(treeRun.runs) };
  }
  return null;
}

/** Files that the change edits come first, then those beside what it deletes or edits; tests are no neighbours. */
function neighboursOf(changes: readonly FileChange[], files: readonly RepoPath[]): readonly RepoPath[] {
  const deleted = new Set(changes.flatMap(({ kind, file }) => (kind === "delete" ? [file] : [])));
  const edited = changes.flatMap(({ kind, file }) => (kind === "write" && isProduct(file) ? [file] : []));
  const folders = new Set(changes.map(({ file }) => folderOf(file)));
  const beside = files.filter((file) => folders.has(folderOf(file)) && isProduct(file) && !deleted.has(file));
  return [...new Set([...edited, ...beside])].slice(0, mostNeighbours);
}

function isProduct(file: RepoPath): boolean {
  const isTest = /[._-](test|spec|stories|bench)\.[cm]?[jt]sx?$|(^|\/)(__tests__|__mocks__|tests?|specs?)\//.test(file);
  return /\.[cm]?[jt]sx?$/.test(file) && !/\.d\.[cm]?ts$|\.config\.[cm]?[jt]s$/.test(file) && !isTest;
}

function folderOf(file: RepoPath): RepoPath {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

function total(runs: readonly CheckRun[]): number {
  return runs.reduce((sum, { ms }) => sum + ms, 0);
}
