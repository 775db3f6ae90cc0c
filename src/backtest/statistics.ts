import { daysBetween, type Fate, type Following, type Lifeline, type Proposal } from "./follow.ts";
import { variants, type Variant } from "./variants.ts";

/** A share with the interval in which it lies with 95 % confidence (Wilson's), each between 0 and 1. */
export type Share = { readonly rate: number; readonly low: number; readonly high: number };

/** What one variant of the policy would have come to. */
export type Row = {
  readonly variant: Variant["name"];
  readonly age: Variant["age"];
  /** Proposals whose fate could be seen for long enough; all figures but `recent` are about these. */
  readonly proposals: number;
  readonly symbols: number;
  readonly lines: number;
  /** Proposals of which people took something back into use later: the regret. */
  readonly takenBack: number;
  /** Proposals all of which people deleted later themselves. */
  readonly deleted: number;
  /** Proposals of which something lies there still, and nothing was taken back. */
  readonly there: number;
  /** How many days before the people: the median over the symbols that were deleted; null when there is none. */
  readonly medianLeadDays: number | null;
  readonly regret: Share | null;
  /** Proposals of the last weeks, of which nobody knows yet what becomes of them. */
  readonly recent: number;
};

/** A proposal must have been followed this long to count. */
export const lookAheadDays = 90;

/** One row for each variant. `end` is when the last point is. */
export function tabulate({ lives, proposals }: Following, end: string): readonly Row[] {
  return variants.map(({ name, age }) => {
    const asked = proposals.filter(({ variant }) => variant === name);
    const settled = asked.filter(({ at }) => daysBetween(at.date, end) >= lookAheadDays);
    const outcomes = settled.map((proposal) => outcomeOf(proposal, lives));
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
    const symbols = settled.flatMap((proposal) => livesOf(proposal, lives));
    return {
      variant: name,
      age,
      proposals: settled.length,
      symbols: symbols.length,
      lines: symbols.reduce((sum, { lines }) => sum + lines, 0),
      takenBack: count("taken-back"),
      deleted: count("deleted"),
      there: count("there"),
      medianLeadDays: median(settled.flatMap((proposal) => leadsOf(proposal, lives))),
      regret: wilson(count("taken-back"), settled.length),
      recent: asked.length - settled.length,
    };
  });
}

/** What became of a proposal as a whole. */
export type Outcome = "taken-back" | "deleted" | "there";

/** One symbol that was taken back is a regret for the whole proposal, as it would be for who merged it. */
export function outcomeOf(proposal: Proposal, lives: readonly Lifeline[]): Outcome {
  const kinds = livesOf(proposal, lives).map((life) => lastFate(life)?.kind);
  if (kinds.some((kind) => kind === "taken-back" || kind === "returned")) return "taken-back";
  return kinds.every((kind) => kind === "deleted") ? "deleted" : "there";
}

/** What became of a symbol in the end; undefined while it lies there. */
export function lastFate({ fates }: Lifeline): Fate | undefined {
  return fates.at(-1);
}

/** The lifelines that a proposal is about. */
function livesOf({ lives: indexes }: Proposal, lives: readonly Lifeline[]): readonly Lifeline[] {
  return indexes.flatMap((index) => lives[index] ?? []);
}

function leadsOf(proposal: Proposal, lives: readonly Lifeline[]): readonly number[] {
  return livesOf(proposal, lives).flatMap((life) => {
    const fate = lastFate(life);
    return fate?.kind === "deleted" ? [daysBetween(proposal.at.date, fate.date)] : [];
  });
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : Math.round((upper + (sorted[middle - 1] ?? upper)) / 2);
}

/** The quantile of the normal distribution for 95 %. */
const z = 1.959_963_985;

/** Wilson's interval for a share; unlike the simple one it is right for small numbers and for none. Null without any. */
export function wilson(hits: number, total: number): Share | null {
  if (total === 0) return null;
  const rate = hits / total;
  const scale = 1 + (z * z) / total;
  const middle = (rate + (z * z) / (2 * total)) / scale;
  const spread = (z * Math.sqrt((rate * (1 - rate)) / total + (z * z) / (4 * total * total))) / scale;
  return { rate, low: hits === 0 ? 0 : middle - spread, high: hits === total ? 1 : middle + spread };
}

/** How many without a single regret it takes until a regret above `most` is ruled out with 95 % confidence. */
export function sampleFor(most: number): number {
  return Math.ceil((z * z * (1 - most)) / most);
}

/** The age that asks for most and keeps the regret low, and whether the sample is large enough to say so. */
export type Recommendation =
  | { readonly kind: "age"; readonly row: Row; readonly isSure: boolean }
  | { readonly kind: "none"; readonly because: "nothing-proposed" | "too-few" | "too-much-regret" };

/** Of fewer proposals an age is told from another by chance. */
export const fewestProposals = 20;

/** Among the ages with a regret of at most `most` the one with the best yield; of the same yield the highest. */
export function recommend(rows: readonly Row[], most: number): Recommendation {
  const aged = rows.filter(({ age, regret }) => age !== null && regret !== null);
  if (aged.length === 0) return { kind: "none", because: "nothing-proposed" };
  if (Math.max(...aged.map(({ proposals }) => proposals)) < fewestProposals)
    return { kind: "none", because: "too-few" };
  const calm = aged.filter(({ regret }) => (regret?.rate ?? 1) <= most);
  const [best] = calm.toSorted((one, other) => yieldOf(other) - yieldOf(one) || (other.age ?? 0) - (one.age ?? 0));
  if (best === undefined) return { kind: "none", because: "too-much-regret" };
  return { kind: "age", row: best, isSure: (best.regret?.high ?? 1) <= most };
}

/** Proposals that nobody would have missed. */
function yieldOf({ proposals, takenBack }: Row): number {
  return proposals - takenBack;
}
