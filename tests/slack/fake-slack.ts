import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const text = (most: number) => z.string().min(1).max(most);
const mrkdwn = z.strictObject({ type: z.literal("mrkdwn"), text: text(3000) });
const block = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("header"),
    text: z.strictObject({ type: z.literal("plain_text"), text: text(150) }),
  }),
  z.strictObject({ type: z.literal("section"), text: mrkdwn }),
  z.strictObject({ type: z.literal("context"), elements: z.array(mrkdwn).min(1).max(10) }),
  z.strictObject({ type: z.literal("divider") }),
]);
/** The documented limits of a message, and the one over all blocks that is not documented. */
const messageSchema = z.strictObject({
  channel: z.string(),
  text: text(4000),
  blocks: z
    .array(block)
    .max(50)
    .refine((blocks) => JSON.stringify(blocks).length <= 13_200, "msg_blocks_too_long"),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
  thread_ts: z.string().optional(),
  metadata: z.strictObject({
    event_type: z.string(),
    event_payload: z.strictObject({ night: z.string(), part: z.number() }),
  }),
});
type Posted = z.output<typeof messageSchema> & { readonly ts: string };

/** What goes wrong with a post: before anything was done, after all was done, or it is told to wait. */
export type Fault = "hang up" | "lose the answer" | "429" | "502 after the work" | "a page of a proxy";

/** A Slack that refuses what the real one refuses, remembers what was posted, and fails on demand. */
export async function fakeSlack(faults: readonly Fault[] = []) {
  const posted: Posted[] = [];
  const left = [...faults];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      if (request.method === "POST") post(request, response, body);
      else list(request, response);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    posted,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };

  function post(request: IncomingMessage, response: ServerResponse, body: string): void {
    const fault = left.shift();
    if (fault === "hang up") return void request.socket.destroy();
    if (fault === "429") return void response.writeHead(429, { "retry-after": "0" }).end();
    if (fault === "a page of a proxy") return void response.writeHead(503).end("<html>");
    const message = messageSchema.safeParse(JSON.parse(body));
    if (!message.success) {
      answer(response, { ok: false, error: `invalid_blocks ${message.error.message}` });
      return;
    }
    const ts = `${1_764_000_000 + posted.length}.0`;
    posted.push({ ...message.data, ts });
    if (fault === "lose the answer") return void request.socket.destroy();
    if (fault === "502 after the work") return void response.writeHead(502).end("<html>");
    answer(response, { ok: true, ts });
  }

  function list(request: IncomingMessage, response: ServerResponse): void {
    const { searchParams } = new URL(request.url ?? "", "http://slack");
    const thread = searchParams.get("ts");
    const messages = posted.filter(({ ts, thread_ts }) =>
      thread === null ? thread_ts === undefined : ts === thread || thread_ts === thread,
    );
    answer(response, { ok: true, messages: [{ ts: "1.0", text: "good morning" }, ...messages] });
  }
}

function answer(response: ServerResponse, json: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(json));
}
