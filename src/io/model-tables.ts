import type { Database } from "./database.ts";

/** What is remembered of a model: each question's answer, what each attempt cost, and what it thought of candidates. */
export type ModelTables = {
  /** Answers by the hash of all that was asked, so that an unchanged question is asked once. */
  model_answer: { hash: string; model: string; answer: string; at: string };
  /** Rows are added before anybody is asked, with the most that it can cost, and then told what it did cost. */
  model_call: {
    id: string;
    night: string;
    repo: string;
    about: string;
    purpose: string;
    prompt: string;
    prompt_hash: string;
    model: string;
    input_tokens: number;
    output_tokens: number;
    dollars: number;
    ms: number;
    ending: string;
    at: string;
  };
  /** The last opinion of each candidate. */
  model_opinion: { repo: string; id: string; night: string; opinion: string };
};

/** Makes the tables of the model. */
export async function createModelTables({ schema }: Pick<Database, "schema">): Promise<void> {
  await schema
    .createTable("model_answer")
    .addColumn("hash", "text", (column) => column.primaryKey())
    .addColumn("model", "text", (column) => column.notNull())
    .addColumn("answer", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  const words = ["night", "repo", "about", "purpose", "prompt", "prompt_hash", "model", "ending", "at"];
  const counts = ["input_tokens", "output_tokens", "ms"];
  let calls = schema
    .createTable("model_call")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("dollars", "double precision", (column) => column.notNull());
  for (const name of words) calls = calls.addColumn(name, "text", (column) => column.notNull());
  // An endpoint may claim more tokens than an integer of Postgres holds.
  for (const name of counts) calls = calls.addColumn(name, "double precision", (column) => column.notNull());
  await calls.execute();
  await schema.createIndex("model_call_night").on("model_call").column("night").execute();
  await schema
    .createTable("model_opinion")
    .addColumn("repo", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("night", "text", (column) => column.notNull())
    .addColumn("opinion", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("model_opinion_key", ["repo", "id"])
    .execute();
}
