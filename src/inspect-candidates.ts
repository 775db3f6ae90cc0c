import { refuteRoundTrip } from "./compact/round-trip.ts";
import type { Candidate } from "./core/candidate.ts";
import type { FileChange } from "./core/edit.ts";
import type { CandidateId, RepoPath } from "./core/names.ts";
import type { Graph } from "./mark/graph.ts";
import { createInspector, type Flaw, type Inspect } from "./mark/inspect.ts";
import { findContradiction, mergeEdits } from "./sweep/merge.ts";

type Texts = Readonly<Record<RepoPath, string>>;

/**
 * Reads the tree again that all candidates leave together, and that each leaves by itself, and gives those that would
 * leave a broken one the reason. Nothing has to be installed for it, and no check sees what was refused here.
 */
export function inspectCandidates(candidates: readonly Candidate[], graph: Graph, texts: Texts): readonly Candidate[] {
  const inspect = createInspector(graph);
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const flawOf = (group: readonly Candidate[]) => findFlaw(withNeeds(group, byId), inspect, texts);
  const refused = new Map<CandidateId, string>();
  for (const candidate of fewEnough(candidates, texts)) {
    const flaw = flawOf([candidate]);
    if (flaw !== null) refused.set(candidate.id, flaw);
  }
  for (const candidate of candidates.filter(({ id }) => !refused.has(id))) {
    const flaw = refuteMerge(candidate, graph, texts);
    if (flaw !== null) refused.set(candidate.id, flaw);
  }
  const sound = candidates.filter(({ id }) => !refused.has(id));
  for (const { candidate, flaw } of findMisfits(sound, flawOf)) refused.set(candidate.id, flaw);
  return candidates.map((candidate) => {
    const broken = refused.get(candidate.id);
    return broken === undefined ? candidate : { ...candidate, broken };
  });
}

/** Copies become one only when that is proven, and only when there is less to read afterwards. */
function refuteMerge({ forwards, edits, size }: Candidate, graph: Graph, texts: Texts): string | null {
  if (forwards === undefined) return null;
  const flaw = refuteRoundTrip({ graph, forwards, changes: mergeEdits(edits, texts) });
  if (flaw !== null) return `with the copies put back, the tree would not be the one that was there: ${flaw}`;
  return size.linesAdded < size.linesRemoved ? null : "it would not get shorter";
}

/** What is read again for candidates by themselves, in characters: a second or two. All together are always read. */
const mostCharacters = 2_000_000;

/** The candidates that can be looked at alone, those in small files first. */
function fewEnough(candidates: readonly Candidate[], texts: Texts): readonly Candidate[] {
  const sizeOf = ({ edits }: Candidate) =>
    [...new Set(edits.map(({ file }) => file))].reduce((sum, file) => sum + (texts[file]?.length ?? 0), 0);
  const sized = candidates.map((candidate) => ({ candidate, size: sizeOf(candidate) }));
  let left = mostCharacters;
  return sized
    .toSorted((one, other) => one.size - other.size)
    .flatMap(({ candidate, size }) => ((left -= size) >= 0 ? [candidate] : []));
}

/** A candidate with all that must go before it. */
function withNeeds(group: readonly Candidate[], byId: ReadonlyMap<CandidateId, Candidate>): readonly Candidate[] {
  const found = new Set(group);
  for (const { requires } of found)
    for (const id of requires) {
      const needed = byId.get(id);
      if (needed !== undefined) found.add(needed);
    }
  return [...found];
}

function findFlaw(group: readonly Candidate[], inspect: Inspect, texts: Texts): string | null {
  const edits = group.flatMap((candidate) => candidate.edits);
  const contradiction = findContradiction(edits);
  if (contradiction !== null) return `its edits contradict others: ${contradiction}`;
  const changes: readonly FileChange[] = mergeEdits(edits, texts);
  const [flaw] = inspect(changes);
  return flaw === undefined ? null : sayFlaw(flaw);
}

function sayFlaw({ file, line, text }: Flaw): string {
  return `the swept tree was read again and is broken at ${file}:${line}: ${text}`;
}

type Misfit = { readonly candidate: Candidate; readonly flaw: string };

/** What is sound by itself but not in the company of what comes before it; halved, so that one costs a few looks. */
function findMisfits(
  candidates: readonly Candidate[],
  flawOf: (group: readonly Candidate[]) => string | null,
): readonly Misfit[] {
  const accepted: Candidate[] = [];
  const misfits: Misfit[] = [];
  const accept = (group: readonly Candidate[]): void => {
    const [first] = group;
    if (first === undefined) return;
    const flaw = flawOf([...accepted, ...group]);
    if (flaw === null) accepted.push(...group);
    else if (group.length === 1) misfits.push({ candidate: first, flaw });
    else {
      const middle = Math.ceil(group.length / 2);
      accept(group.slice(0, middle));
      accept(group.slice(middle));
    }
  };
  accept(candidates);
  return misfits;
}
