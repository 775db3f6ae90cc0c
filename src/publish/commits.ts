import type { Candidate } from "../core/candidate.ts";
import type { VerifiedBatch } from "../core/check.ts";
import type { FileChange } from "../core/edit.ts";
import type { Marking } from "../core/marking.ts";
import { plainLine } from "../core/markdown.ts";
import type { CandidateId } from "../core/names.ts";
import type { DraftCommit } from "../core/pull-request.ts";
import { commitTree, treeOf, writeTree } from "../io/git-tree.ts";
import type { Mask } from "../io/mask.ts";
import type { Source } from "./forge.ts";
import { pullRequestTitle } from "./title.ts";

/** What the commits of a pull request are made of. */
export type CommitRequest = {
  readonly checkout: Source;
  readonly marking: Marking;
  /** What the files become when these candidates go. */
  readonly merge: (ids: readonly CandidateId[]) => readonly FileChange[];
  /** ISO 8601: a second run with the same date makes the same commits. */
  readonly date: string;
  readonly mask: Mask;
  readonly signal: AbortSignal;
};

/** The line of a message that says whose commit it is; `undo` looks for it. */
const candidateTrailer = "Nightsweep-Candidate";

/**
 * Makes a commit for each candidate in the mirror, so that one can be taken back alone. The last one's tree is exactly
 * the tree that was checked; those before it are steps on the way, in which nothing goes before what it needs to go.
 */
export async function makeDraftCommits(
  batch: VerifiedBatch,
  candidates: readonly Candidate[],
  request: CommitRequest,
): Promise<readonly DraftCommit[]> {
  const { checkout, merge, date, signal } = request;
  const { mirror, record } = checkout;
  const groups = inOrder(candidates);
  const commits: DraftCommit[] = [];
  let parent = record.base.commit;
  let before = await treeOf(mirror, parent, signal);
  let waiting: readonly Candidate[] = [];
  const gone: CandidateId[] = [];
  for (const [index, group] of groups.entries()) {
    gone.push(...group.map(({ id }) => id));
    waiting = [...waiting, ...group];
    const isLast = index === groups.length - 1;
    const tree = isLast ? batch.tree : await writeTree(mirror, record.base.commit, merge(gone), signal);
    // What changes nothing until another candidate goes too shares that one's commit.
    const isStep = tree !== before && (isLast || tree !== batch.tree);
    if (!isStep && !isLast) continue;
    const message = messageOf(waiting, batch, request);
    const commit = await commitTree(mirror, { tree, parent, message, date }, signal);
    commits.push({ commit, tree, message, candidates: waiting.map(({ id }) => id) });
    [parent, before, waiting] = [commit, tree, []];
  }
  return commits;
}

/** Each candidate after what it requires; those that require each other together. */
function inOrder(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const reach = new Map(candidates.map(({ id }) => [id, reachedFrom(id, byId)]));
  const isTogether = (one: CandidateId, other: CandidateId) =>
    one === other || (reach.get(one)?.has(other) === true && reach.get(other)?.has(one) === true);
  const groups = new Map(candidates.map((own) => [own.id, candidates.filter(({ id }) => isTogether(own.id, id))]));
  const unique = candidates.filter(({ id }) => groups.get(id)?.[0]?.id === id);
  // What requires more comes later; equal ones stay in the order of the batch.
  return unique
    .toSorted((a, b) => (reach.get(a.id)?.size ?? 0) - (reach.get(b.id)?.size ?? 0))
    .map(({ id }) => groups.get(id) ?? []);
}

function reachedFrom(start: CandidateId, byId: ReadonlyMap<CandidateId, Candidate>): ReadonlySet<CandidateId> {
  const reached = new Set<CandidateId>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const next of byId.get(id)?.requires ?? [])
      if (byId.has(next) && !reached.has(next)) {
        reached.add(next);
        open.push(next);
      }
  return reached;
}

function messageOf(candidates: readonly Candidate[], batch: VerifiedBatch, { marking, mask }: CommitRequest): string {
  const files = new Set(candidates.flatMap(({ edits }) => edits.map(({ file }) => file)));
  const changes = batch.changes.filter(({ file }) => files.has(file));
  const title = pullRequestTitle({ ...batch, changes }, candidates, marking);
  const trailers = candidates.map(({ id }) => `${candidateTrailer}: ${id}`);
  return mask(`${title}\n\n${candidates.map(messageLine).join("\n")}\n\n${trailers.join("\n")}\n`);
}

function messageLine({ category, subject, members }: Candidate): string {
  const more = members.length > 1 ? `, and ${members.length - 1} more with it` : "";
  return plainLine(`- ${category}: ${subject.name} in ${subject.file}${more}`);
}

/** The candidates that a commit says it took away; none for a commit of somebody else. */
export function candidatesOfMessage(message: string): readonly string[] {
  return [...message.matchAll(/^Nightsweep-Candidate: (\S+)$/gm)].flatMap(([, id]) => id ?? []);
}
