import { randomUUID } from "node:crypto";
import { candidateIdSchema } from "../core/candidate-schema.ts";
import { nothingSpent, passedBudget, type Budgets, type Spending } from "../core/model-budget.ts";
import type { Charged, ModelCall } from "../core/model-call.ts";
import type { RepoKey } from "../core/names.ts";
import { opinionSchema, type Opinion } from "../core/opinion.ts";
import type { Store } from "./store.ts";

/** A question that may be asked, with the most that it can cost already counted. */
export type Reservation = { readonly id: string };

/** The answer that was given to the same question before. */
export async function recallAnswer(store: Store, hash: string): Promise<unknown> {
  const row = await store.database
    .selectFrom("model_answer")
    .select("answer")
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row === undefined ? undefined : JSON.parse(row.answer);
}

/** Keeps an answer that was found good. */
export async function keepAnswer(
  store: Store,
  kept: { readonly hash: string; readonly model: string; readonly answer: unknown; readonly at: string },
): Promise<void> {
  const answer = JSON.stringify(kept.answer);
  await store.database
    .insertInto("model_answer")
    .values({ ...kept, answer })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ answer, at: kept.at }))
    .execute();
}

/**
 * Counts a call at the most that it can cost before anybody is asked. Gives the name of the budget that it would pass
 * instead. The row is written first and looked at with all others then: of two that come at once both may be refused, but
 * never both be let through. A process that dies leaves its row, which then counts as if all of it had been spent.
 */
export async function reserve(
  store: Store,
  call: Omit<ModelCall, "ending" | "ms">,
  budgets: Budgets,
): Promise<Reservation | string> {
  const id = randomUUID();
  await addCall(store, id, { ...call, ending: "running", ms: 0 });
  const passed = passedBudget(await chargedTo(store, call), budgets);
  if (passed === null) return { id };
  await store.database.deleteFrom("model_call").where("id", "=", id).execute();
  return passed;
}

/** Says what a call did cost. */
export async function settleCall(
  store: Store,
  { id }: Reservation,
  end: Pick<ModelCall, "inputTokens" | "outputTokens" | "dollars" | "ms" | "ending">,
): Promise<void> {
  const { inputTokens, outputTokens, dollars, ms, ending } = end;
  await store.database
    .updateTable("model_call")
    .set({ input_tokens: inputTokens, output_tokens: outputTokens, dollars, ms, ending })
    .where("id", "=", id)
    .execute();
}

/** Notes a call that cost nothing. */
export async function noteCall(store: Store, call: ModelCall): Promise<void> {
  await addCall(store, randomUUID(), call);
}

async function addCall(store: Store, id: string, call: ModelCall): Promise<void> {
  const { promptHash, inputTokens, outputTokens, ...same } = call;
  const row = { id, prompt_hash: promptHash, input_tokens: inputTokens, output_tokens: outputTokens, ...same };
  await store.database.insertInto("model_call").values(row).execute();
}

/** What a night has spent so far, on one subject, on its repository and in all. */
async function chargedTo(
  store: Store,
  { night, repo, about }: Pick<ModelCall, "night" | "repo" | "about">,
): Promise<Charged> {
  const rows = await store.database
    .selectFrom("model_call")
    .select(["repo", "about", "input_tokens", "output_tokens", "dollars"])
    .where("night", "=", night)
    .execute();
  const sum = (list: typeof rows): Spending =>
    list.reduce(
      (all, row) => ({
        tokens: all.tokens + row.input_tokens + row.output_tokens,
        dollars: all.dollars + row.dollars,
      }),
      nothingSpent,
    );
  const inRepository = rows.filter((row) => row.repo === repo);
  return {
    candidate: sum(inRepository.filter((row) => row.about === about)),
    repository: sum(inRepository),
    night: sum(rows),
  };
}

/** Keeps the opinions of a night for whoever asks later; the newest of a candidate counts. */
export async function recordOpinions(
  store: Store,
  night: { readonly night: string; readonly repo: RepoKey },
  decided: { readonly opinions?: readonly Opinion[] } | undefined,
): Promise<void> {
  for (const one of decided?.opinions ?? []) {
    const opinion = JSON.stringify(one);
    await store.database
      .insertInto("model_opinion")
      .values({ ...night, id: one.id, opinion })
      .onConflict((conflict) => conflict.columns(["repo", "id"]).doUpdateSet({ night: night.night, opinion }))
      .execute();
  }
}

/** The last opinions of a repository's candidates, each with its night. */
export async function readOpinions(
  store: Store,
  repo: RepoKey,
): Promise<readonly { readonly night: string; readonly opinion: Opinion }[]> {
  const rows = await store.database.selectFrom("model_opinion").selectAll().where("repo", "=", repo).execute();
  const schema = opinionSchema(candidateIdSchema);
  return rows.map(({ night, opinion }) => ({ night, opinion: schema.parse(JSON.parse(opinion)) }));
}
