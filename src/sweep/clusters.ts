import type { Candidate } from "../core/candidate.ts";
import type { ChangeSize, FileChange } from "../core/edit.ts";
import type { CandidateId, RepoPath } from "../core/names.ts";
import type { PolicyLimits } from "../core/policy-schema.ts";
import { compareLines } from "./lines.ts";
import { measure } from "./measure.ts";
import { mergeEdits } from "./merge.ts";

type Texts = Readonly<Record<RepoPath, string>>;

/** How much one pull request may hold. */
export type SizeLimits = Pick<PolicyLimits, "symbolsPerPullRequest" | "filesPerPullRequest" | "linesPerPullRequest">;

/** Candidates that go together: each comes after what it needs, and all that it needs is there. */
export type Cluster = {
  readonly candidates: readonly Candidate[];
  readonly changes: readonly FileChange[];
  readonly size: ChangeSize;
  /** Declarations, files and dependencies that go. */
  readonly symbols: number;
  /** Days since the youngest of it was touched; -1 when history does not say. */
  readonly ageDays: number;
};

/**
 * Groups candidates that are connected by `requires`, oldest and biggest first. What needs something that is not there is
 * left out. A group that is too large for one pull request is split where nothing is needed across; what needs both
 * sides waits for another night.
 */
export function formClusters(candidates: readonly Candidate[], limits: SizeLimits, texts: Texts): readonly Cluster[] {
  const formed: Cluster[] = [];
  let waiting = [...candidates];
  // Each round takes at least one candidate of every group that is left, so the rounds end.
  while (waiting.length > 0) {
    const rest: Candidate[] = [];
    for (const group of connect(inOrderOfNeed(waiting))) {
      const cluster = largestThatFits(group, limits, texts);
      formed.push(cluster);
      rest.push(...group.filter((candidate) => !cluster.candidates.includes(candidate)));
    }
    waiting = rest;
  }
  return formed.toSorted(compareClusters);
}

/** Whether a cluster is small enough for one pull request. */
export function fits({ symbols, size }: Cluster, limits: SizeLimits): boolean {
  return (
    symbols <= limits.symbolsPerPullRequest &&
    size.files <= limits.filesPerPullRequest &&
    size.linesRemoved + size.linesAdded <= limits.linesPerPullRequest
  );
}

/** Joins clusters into one, as a batch of them is measured and written. */
export function joinClusters(clusters: readonly Cluster[], texts: Texts): Cluster {
  return toCluster(
    clusters.flatMap(({ candidates }) => candidates),
    texts,
  );
}

/** Lines of the base commit that changes touch, as half-open ranges by file; a deleted file is touched as a whole. */
export function touchedLines(
  changes: readonly FileChange[],
  texts: Texts,
): ReadonlyMap<RepoPath, readonly { readonly start: number; readonly end: number }[]> {
  return new Map(
    changes.map((change) => {
      if (change.kind === "delete") return [change.file, [{ start: 0, end: Infinity }]];
      const ranges = compareLines(change, texts, 0).map(({ oldStart, oldLines }) => ({
        start: oldStart,
        end: oldStart + oldLines,
      }));
      return [change.file, ranges];
    }),
  );
}

/** Connected groups, each in the order that the candidates come in. */
function connect(ordered: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const parents = new Map<CandidateId, CandidateId>(ordered.map(({ id }) => [id, id]));
  const rootOf = (id: CandidateId): CandidateId => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    return root;
  };
  for (const { id, requires } of ordered) for (const needed of requires) parents.set(rootOf(needed), rootOf(id));
  return [...Map.groupBy(ordered, ({ id }) => rootOf(id)).values()];
}

/** The whole group, or as much from its start as fits; one candidate is never split. */
function largestThatFits(group: readonly Candidate[], limits: SizeLimits, texts: Texts): Cluster {
  const whole = toCluster(group, texts);
  if (fits(whole, limits)) return whole;
  let largest: Cluster | null = null;
  for (const candidate of group) {
    const there = new Set(largest?.candidates.map(({ id }) => id));
    if (!candidate.requires.every((id) => there.has(id))) continue;
    const larger = toCluster([...(largest?.candidates ?? []), candidate], texts);
    if (largest === null || fits(larger, limits)) largest = larger;
    if (!fits(largest, limits)) break;
  }
  // Only a ring of needs has no start: it stays whole.
  return largest ?? whole;
}

/** Sorts candidates so that each comes after what it needs, and drops those whose needs are not there. */
function inOrderOfNeed(candidates: readonly Candidate[]): readonly Candidate[] {
  let waiting = candidates.toSorted(byId);
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    const there = new Set(waiting.map(({ id }) => id));
    waiting = waiting.filter(({ requires }) => requires.every((id) => there.has(id)));
  }
  const ordered: Candidate[] = [];
  const met = new Set<CandidateId>();
  while (waiting.length > 0) {
    const free = waiting.filter(({ requires }) => requires.every((id) => met.has(id)));
    const next = free.length > 0 ? free : waiting;
    for (const { id } of next) met.add(id);
    ordered.push(...next);
    waiting = waiting.filter(({ id }) => !met.has(id));
  }
  return ordered;
}

function toCluster(candidates: readonly Candidate[], texts: Texts): Cluster {
  const edits = candidates.flatMap((candidate) => candidate.edits);
  const changes = mergeEdits(edits, texts);
  return {
    candidates,
    changes,
    size: measure(changes, texts),
    symbols: candidates.reduce((sum, { members }) => sum + Math.max(1, members.length), 0),
    ageDays: Math.min(...candidates.map(({ ageDays }) => ageDays ?? -1)),
  };
}

function compareClusters(one: Cluster, other: Cluster): number {
  const [first, second] = [one.candidates[0], other.candidates[0]];
  return (
    other.ageDays - one.ageDays ||
    other.size.linesRemoved - one.size.linesRemoved ||
    (first === undefined || second === undefined ? 0 : byId(first, second))
  );
}

function byId(one: Candidate, other: Candidate): number {
  return one.id < other.id ? -1 : Number(one.id > other.id);
}
