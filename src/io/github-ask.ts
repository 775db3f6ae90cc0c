import { z } from "zod";
import type { GitHubConnection } from "./github-connect.ts";
import { read, write } from "./github-request.ts";

/** How GitHub answers. */
type Answered = Promise<{ readonly status: number; readonly data: unknown }>;

const pageSize = 100;
const mostPages = 10;

/** Reads all pages of a list, up to a thousand items. */
export async function readAll<Item>(
  request: { readonly name: string; readonly item: z.ZodType<Item>; readonly signal: AbortSignal },
  send: (page: { readonly page: number; readonly per_page: number }) => Answered,
): Promise<readonly Item[]> {
  const { name, item, signal } = request;
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const found = await read({ name, schema: z.array(item), signal, send: () => send({ page, per_page: pageSize }) });
    items.push(...found);
    if (found.length < pageSize) break;
  }
  return items;
}

/** One question or order in GraphQL. */
export type GraphQl<Answer> = {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number>>;
  readonly schema: z.ZodType<Answer>;
};

/** Asks GraphQL something. */
export async function ask<Answer>(
  connection: GitHubConnection,
  question: GraphQl<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  return read({ ...question, signal, send: () => send(connection, question, signal) });
}

/** Orders GraphQL to change something. */
export async function order(
  connection: GitHubConnection,
  change: Omit<GraphQl<unknown>, "schema">,
  signal: AbortSignal,
): Promise<void> {
  await write({ ...change, schema: z.unknown(), signal, send: () => send(connection, change, signal) });
}

async function send(
  { octokit, within }: GitHubConnection,
  { text, variables }: Pick<GraphQl<unknown>, "text" | "variables">,
  signal: AbortSignal,
): Answered {
  return { status: 200, data: await octokit.graphql(text, { ...variables, ...within(signal) }) };
}
