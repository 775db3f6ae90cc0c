import type { RepoKey } from "./names.ts";
import type { BudgetScope, Spending } from "./model-budget.ts";

/** What a model is asked for. */
export type ModelPurpose = "second-opinion" | "words" | "draft";

/** How one attempt at a question ended. `recalled`: the same question was answered before, so nobody was asked. */
type CallEnding =
  "answered" | "recalled" | "cut-off" | "silent" | "limited" | "unavailable" | "unreachable" | "refused" | "running";

/** One attempt, as it is remembered: what it was about and what it cost, and nothing of what was said. */
export type ModelCall = {
  readonly night: string;
  readonly repo: RepoKey;
  /** What it was about, such as the id of a candidate or the fingerprint of a batch. */
  readonly about: string;
  readonly purpose: ModelPurpose;
  /** Name and version of the prompt's file. */
  readonly prompt: string;
  /** Of all that was sent, so that an equal question is known. */
  readonly promptHash: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly dollars: number;
  readonly ms: number;
  readonly ending: CallEnding;
  /** ISO 8601. */
  readonly at: string;
};

/** What was spent so far on what a question is charged to. */
export type Charged = Readonly<Record<BudgetScope, Spending>>;

/** What the model came to in one repository's night, for the report. */
export type ModelUse = {
  readonly model: string;
  readonly answered: number;
  readonly recalled: number;
  readonly tokens: number;
  readonly dollars: number;
  /** Why questions were not asked or not answered, each with how often. */
  readonly unanswered: readonly { readonly because: string; readonly count: number }[];
};
