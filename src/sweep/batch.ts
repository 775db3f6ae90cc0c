import { createHash } from "node:crypto";
import type { Candidate } from "../core/candidate.ts";
import type { Batch } from "../core/check.ts";
import type { Edit } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { fits, formClusters, joinClusters, touchedLines, type Cluster, type SizeLimits } from "./clusters.ts";
import { findContradiction } from "./merge.ts";
import { majority, scopeOf } from "./scope.ts";

type Texts = Readonly<Record<RepoPath, string>>;

/** A batch that may still grow. */
type Draft = { readonly theme: string; readonly clusters: readonly Cluster[]; readonly whole: Cluster };

/**
 * Makes pull requests of candidates: one category in one package or folder each, within the limits, oldest and biggest
 * first; a candidate that is too large by itself is a batch alone. Batches are independent: each is applied to the base
 * by itself, and no two touch the same or neighbouring lines or the same package.json. A candidate that cannot join the
 * batch it collides with is in none, and waits for another night.
 */
export function batchCandidates(candidates: readonly Candidate[], limits: SizeLimits, texts: Texts): readonly Batch[] {
  const drafts: Draft[] = [];
  for (const cluster of formClusters(candidates, limits, texts)) place(cluster, { drafts, limits, texts });
  return drafts.map(({ whole }) => toBatch(whole));
}

/** One batch of all candidates, whatever its size: a pull request that stands already is made anew as it was. */
export function batchTogether(candidates: readonly Candidate[], limits: SizeLimits, texts: Texts): Batch | null {
  if (candidates.length === 0) return null;
  return toBatch(joinClusters(formClusters(candidates, limits, texts), texts));
}

type Table = { readonly drafts: Draft[]; readonly limits: SizeLimits; readonly texts: Texts };

/** Puts a cluster where it belongs, or nowhere. */
function place(cluster: Cluster, table: Table): void {
  const { drafts, texts } = table;
  const theme = themeOf(cluster);
  const colliding = drafts.filter(({ whole }) => collide(whole, cluster, texts));
  if (colliding.length > 1) return;
  const [only] = colliding;
  const open = only === undefined ? byAffinity(drafts, cluster) : [only];
  for (const draft of open.filter((one) => one.theme === theme)) {
    const joined = join(draft, cluster, table);
    if (joined === null) continue;
    drafts[drafts.indexOf(draft)] = joined;
    return;
  }
  if (only === undefined) drafts.push({ theme, clusters: [cluster], whole: cluster });
}

/** Drafts that share a list with the cluster come first: an import that serves both goes only when both go. */
function byAffinity(drafts: readonly Draft[], cluster: Cluster): readonly Draft[] {
  const lists = ownersOf(cluster);
  const shares = ({ whole }: Draft) => Number(ownersOf(whole).some((owner) => lists.includes(owner)));
  return drafts.toSorted((one, other) => shares(other) - shares(one));
}

function join(draft: Draft, cluster: Cluster, { limits, texts }: Table): Draft | null {
  if (draft.whole.symbols + cluster.symbols > limits.symbolsPerPullRequest) return null;
  const clusters = [...draft.clusters, cluster];
  if (findContradiction(editsOf(draft.whole, cluster)) !== null) return null;
  const whole = joinClusters(clusters, texts);
  return fits(whole, limits) ? { ...draft, clusters, whole } : null;
}

/**
 * Two changes collide when git could not merge one after the other. Of a package.json any two do, since the lock file
 * follows it.
 */
function collide(one: Cluster, other: Cluster, texts: Texts): boolean {
  const files = new Set(editsOf(one).map(({ file }) => file));
  if (!editsOf(other).some(({ file }) => files.has(file))) return false;
  if (findContradiction(editsOf(one, other)) !== null) return true;
  const [first, second] = [touchedLines(one.changes, texts), touchedLines(other.changes, texts)];
  for (const [file, ranges] of first) {
    const others = second.get(file) ?? [];
    if (others.length > 0 && isManifest(file)) return true;
    if (ranges.some((range) => others.some(({ start, end }) => range.start <= end && start <= range.end))) return true;
  }
  return false;
}

function isManifest(file: RepoPath): boolean {
  return file === "package.json" || file.endsWith("/package.json");
}

function editsOf(...clusters: readonly Cluster[]): readonly Edit[] {
  return clusters.flatMap(({ candidates }) => candidates.flatMap(({ edits }) => edits));
}

function ownersOf(cluster: Cluster): readonly string[] {
  return editsOf(cluster).flatMap((edit) => (edit.kind === "remove-item" ? [`${edit.owner.start} ${edit.file}`] : []));
}

function themeOf(cluster: Cluster): string {
  return `${categoryOf(cluster)} ${scopeOf(cluster.candidates)}`;
}

function categoryOf({ candidates }: Cluster): string {
  return majority(candidates.map(({ category }) => category));
}

function toBatch(whole: Cluster): Batch {
  const ids = whole.candidates.map(({ id }) => id);
  return {
    fingerprint: createHash("sha256").update(ids.toSorted().join("\n")).digest("hex").slice(0, 8),
    category: categoryOf(whole),
    scope: scopeOf(whole.candidates),
    candidates: ids,
    changes: whole.changes,
    size: whole.size,
  };
}
