import type { Culprit } from "../core/check.ts";
import type { CandidateId } from "../core/names.ts";
import type { Unit } from "./clusters.ts";

/** What checking a tree said about the candidates in it. */
export type Trial =
  | { readonly kind: "survived" }
  | {
      readonly kind: "broke";
      readonly check: string;
      readonly tail: string;
      /** False when it may have been chance: a test that names nobody. */
      readonly isSure: boolean;
      /** Candidates that the output plainly names; may be empty. */
      readonly suspects: readonly CandidateId[];
    }
  /** The tree was not checked, because this limit was reached. */
  | { readonly kind: "limit"; readonly limit: string };

/** A candidate that was not tested, and the limit or the candidate that is why. */
export type Untested = { readonly id: CandidateId; readonly limit: string };

/** What the search found: the accepted candidates survived together. */
export type Found = {
  readonly accepted: readonly CandidateId[];
  readonly culprits: readonly Culprit[];
  readonly untested: readonly Untested[];
};

/** Checks a tree with these candidates; `afresh`, although it was checked before. */
export type TryTree = (ids: readonly CandidateId[], afresh?: boolean) => Promise<Trial>;

/** Rounds in which suspects are set aside before the rest is halved. */
const attributionRounds = 3;

/** Up to this many suspects are tried one by one: by then nearly each of them is guilty, and halving would cost double. */
const fewSuspects = 4;

/**
 * Finds a set of candidates, as large as the limits allow, that survives together. All at once first; when that breaks,
 * what the output names is set aside and the rest tried again; what still breaks is halved, each half on top of what was
 * accepted before. It assumes that a candidate which breaks something breaks it in any company. `units` come in the order
 * of `orderUnits`, and a trial of the same set twice must cost nothing.
 */
export async function search(units: readonly Unit[], trial: TryTree): Promise<Found> {
  const state: State = { accepted: [], culprits: [], untested: [], doubtful: [], lost: new Set(), trial };
  const { rest, suspects } = await setSuspectsAside(units, trial);
  await halve(rest, state);
  if (suspects.length <= fewSuspects) for (const suspect of suspects) await halve([suspect], state);
  else await halve(suspects, state);
  await hearAppeals(state);
  return { accepted: state.accepted, culprits: state.culprits, untested: state.untested };
}

/** Who was found guilty by tests that may have failed by chance is tried once more, now that the others are known. */
async function hearAppeals(state: State): Promise<void> {
  for (const { ids, requires } of state.doubtful) {
    if ([...requires].some((id) => state.lost.has(id))) continue;
    const result = await state.trial([...state.accepted, ...ids], true);
    if (result.kind !== "survived") continue;
    state.accepted.push(...ids);
    state.culprits = state.culprits.filter(({ id }) => !ids.includes(id));
  }
}

type State = {
  readonly accepted: CandidateId[];
  culprits: readonly Culprit[];
  readonly doubtful: Unit[];
  readonly untested: Untested[];
  /** Candidates that are out, whatever the reason: nothing that requires them can stay. */
  readonly lost: Set<CandidateId>;
  readonly trial: TryTree;
};

async function setSuspectsAside(
  units: readonly Unit[],
  trial: State["trial"],
): Promise<{ readonly rest: readonly Unit[]; readonly suspects: readonly Unit[] }> {
  let rest = units;
  for (let round = 0; round < attributionRounds && rest.length > 0; round++) {
    const result = await trial(rest.flatMap(({ ids }) => ids));
    if (result.kind !== "broke") break;
    const named = new Set(result.suspects);
    const innocent = rest.filter(({ ids, requires }) => ![...ids, ...requires].some((id) => named.has(id)));
    if (innocent.length === rest.length || innocent.length === 0) break;
    rest = innocent;
  }
  const kept = new Set(rest);
  return { rest, suspects: units.filter((unit) => !kept.has(unit)) };
}

async function halve(units: readonly Unit[], state: State): Promise<void> {
  const live = units.filter((unit) => !isOrphaned(unit, state));
  const [first] = live;
  if (first === undefined) return;
  const ids = live.flatMap((unit) => unit.ids);
  const result = await state.trial([...state.accepted, ...ids]);
  if (result.kind === "survived") state.accepted.push(...ids);
  else if (result.kind === "limit")
    drop(
      ids.map((id) => ({ id, limit: result.limit })),
      state,
    );
  else if (live.length === 1) {
    const { check, tail, isSure } = result;
    state.culprits = [...state.culprits, ...first.ids.map((id) => ({ id, check, tail }))];
    if (!isSure) state.doubtful.push(first);
    for (const id of first.ids) state.lost.add(id);
  } else {
    const middle = middleOf(live);
    await halve(live.slice(0, middle), state);
    await halve(live.slice(middle), state);
  }
}

/** What requires a lost candidate cannot be tested without it, and is said to be untested because of it. */
function isOrphaned(unit: Unit, state: State): boolean {
  const reason = [...unit.requires].find((id) => state.lost.has(id));
  if (reason === undefined) return false;
  drop(
    unit.ids.map((id) => ({ id, limit: `requires ${reason}` })),
    state,
  );
  return true;
}

function drop(untested: readonly Untested[], state: State): void {
  state.untested.push(...untested);
  for (const { id } of untested) state.lost.add(id);
}

/** The border between two clusters that is nearest to the middle; the middle itself inside a single cluster. */
function middleOf(units: readonly Unit[]): number {
  const middle = Math.ceil(units.length / 2);
  const borders = units.flatMap((unit, index) =>
    index > 0 && unit.cluster !== units[index - 1]?.cluster ? [index] : [],
  );
  return borders.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle;
}
