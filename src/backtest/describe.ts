import type { Checkout } from "../core/stage.ts";
import type { Policy } from "../core/policy-schema.ts";
import type { DatedLifeline, Deed } from "./date-fates.ts";
import type { Fate, Following, Proposal } from "./follow.ts";
import type { Window } from "./points.ts";
import { lastFate, outcomeOf, recommend, tabulate, type Outcome, type Recommendation, type Row } from "./statistics.ts";

/** One commit that was looked at. */
export type PointSummary = {
  readonly commit: string;
  readonly date: string;
  readonly subject: string;
} & (
  | {
      readonly kind: "seen";
      readonly candidates: number;
      readonly things: number;
      /** Why nothing would have been proposed there. */
      readonly alarms: readonly string[];
      /** Configurations that did not load, since nothing is installed: their entries may be missing. */
      readonly unread: readonly string[];
      /** Time that it took; null when it was on record. */
      readonly ms: number | null;
    }
  | { readonly kind: "skipped"; readonly because: string }
);

/** One symbol that at least one variant would have proposed. */
export type SymbolStory = {
  readonly file: string;
  readonly name: string;
  readonly category: string;
  readonly lines: number;
  /** When it was first found dead. */
  readonly since: { readonly commit: string; readonly date: string };
  readonly fate: Fate["kind"] | "there";
  /** When that happened; null while it lies there. */
  readonly date: string | null;
  readonly by: Deed | null;
  /** When each variant would first have proposed it. */
  readonly proposed: Readonly<Record<string, string>>;
};

/** A whole backtest as one JSON document. */
export type Backtest = {
  readonly format: 1;
  readonly repository: string;
  readonly branch: string;
  readonly tip: string;
  readonly policy: string;
  readonly window: Window;
  readonly mostRegret: number;
  readonly points: readonly PointSummary[];
  readonly rows: readonly Row[];
  readonly recommendation: Recommendation;
  /** What the policy as it is written would have proposed, in the order of the history. */
  readonly proposals: readonly (Pick<Proposal, "at" | "candidate"> & { readonly outcome: Outcome })[];
  readonly symbols: readonly SymbolStory[];
};

type Setting = {
  readonly wish: Window & { readonly location: string; readonly mostRegret: number };
  readonly record: Checkout;
  readonly policy: Policy;
  readonly points: readonly PointSummary[];
};

/** Puts together what was followed. */
export function describeBacktest(
  following: Pick<Following, "proposals"> & { readonly lives: readonly DatedLifeline[] },
  { wish, record, policy, points }: Setting,
): Backtest {
  const { lives, proposals } = following;
  const end = points.at(-1)?.date ?? "";
  const byLife = Map.groupBy(
    proposals.flatMap((proposal) => proposal.lives.map((index) => ({ index, proposal }))),
    ({ index }) => index,
  );
  const rows = tabulate({ lives, proposals }, end);
  return {
    format: 1,
    repository: wish.location,
    branch: record.base.branch,
    tip: record.base.commit,
    policy: policy.name,
    window: { months: wish.months, every: wish.every },
    mostRegret: wish.mostRegret,
    points,
    rows,
    recommendation: recommend(rows, wish.mostRegret),
    proposals: proposals.flatMap((proposal) =>
      proposal.variant === "as written"
        ? [{ at: proposal.at, candidate: proposal.candidate, outcome: outcomeOf(proposal, lives) }]
        : [],
    ),
    symbols: lives.flatMap((life, index) => {
      const proposed = byLife.get(index);
      return proposed === undefined
        ? []
        : [
            tell(
              life,
              proposed.map(({ proposal }) => proposal),
            ),
          ];
    }),
  };
}

function tell(life: DatedLifeline, proposals: readonly Proposal[]): SymbolStory {
  const { name, file, category, lines, since, by } = life;
  const fate = lastFate(life);
  return {
    file,
    name,
    category,
    lines,
    since,
    fate: fate?.kind ?? "there",
    date: fate?.date ?? null,
    by,
    proposed: Object.fromEntries(proposals.map(({ variant, at }) => [variant, at.date])),
  };
}
