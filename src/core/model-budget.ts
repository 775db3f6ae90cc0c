import type { ModelConfig } from "./model-config.ts";

/** Tokens and US dollars. */
export type Spending = { readonly tokens: number; readonly dollars: number };

/** What a question is charged to: each of these has a budget for the night. */
const budgetScopes = ["candidate", "repository", "night"] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/** The most that may be spent in one night, by what it is spent on. */
export type Budgets = Readonly<Record<BudgetScope, Spending>>;

/** Nothing was spent. */
export const nothingSpent: Spending = { tokens: 0, dollars: 0 };

/** The budgets of a repository's night, as the configuration and the policies have them. */
export function budgetsOf(
  { limits }: Pick<ModelConfig, "limits">,
  dollarsPerNight: { readonly operator: number; readonly repository: number },
): Budgets {
  return {
    candidate: { tokens: limits.tokensPerCandidate, dollars: limits.dollarsPerCandidate },
    repository: {
      tokens: limits.tokensPerRepository,
      dollars: Math.min(limits.dollarsPerRepository, dollarsPerNight.repository),
    },
    night: { tokens: limits.tokensPerNight, dollars: dollarsPerNight.operator },
  };
}

/** What some tokens cost. */
export function priceOf(
  { input, output }: { readonly input: number; readonly output: number },
  { dollarsPerMillionTokens: price }: Pick<ModelConfig, "dollarsPerMillionTokens">,
): Spending {
  return { tokens: input + output, dollars: (input * price.input + output * price.output) / 1_000_000 };
}

/** Names the first budget that is passed; null: none is. A fraction of a billionth of a dollar is rounding. */
export function passedBudget(spent: Readonly<Record<BudgetScope, Spending>>, budgets: Budgets): string | null {
  for (const scope of budgetScopes) {
    if (spent[scope].tokens > budgets[scope].tokens) return `the ${scope}'s budget of ${budgets[scope].tokens} tokens`;
    if (spent[scope].dollars > budgets[scope].dollars + 1e-9)
      return `the ${scope}'s budget of $${budgets[scope].dollars}`;
  }
  return null;
}

/**
 * The most tokens that a text can come to: no tokenizer in use makes more than one of each byte, and what a conversation
 * adds around its messages is far less than the rest.
 */
export function mostTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0) + 256;
}
