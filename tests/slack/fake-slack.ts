import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { z } from "zod";
import { messageSchema, modalSchema, postSchema, updateSchema, whisperSchema } from "./slack-schema.ts";

type Posted = z.output<typeof postSchema> & { readonly ts: string };

/** What goes wrong with a post: before anything was done, after all was done, or it is told to wait. */
export type Fault = "hang up" | "lose the answer" | "429" | "502 after the work" | "a page of a proxy";

const methods = ["chat.postMessage", "chat.update", "views.open", "chat.postEphemeral"] as const;

/**
 * A Slack that refuses what the real one refuses, remembers what was posted, and fails on demand: `faults` are for posts of the
 * bot and of webhooks, in the order in which they come.
 */
export async function fakeSlack(faults: readonly Fault[] = []) {
  const posted: Posted[] = [];
  const hooked: z.output<typeof messageSchema>[] = [];
  const modals: z.output<typeof modalSchema>[] = [];
  const whispers: z.output<typeof whisperSchema>[] = [];
  const refused: string[] = [];
  const left = [...faults];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      answerTo(request, response, body);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    server,
    baseUrl: `${origin}/api/`,
    webhookUrl: `${origin}/services/T0/B0/fig`,
    ...{ posted, hooked, modals, whispers, refused },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };

  function answerTo(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { pathname } = new URL(request.url ?? "", origin);
    const method = pathname.replace("/api/", "");
    if (pathname.startsWith("/services/")) {
      workUnder(request, response, () => hook(response, body));
      return;
    }
    const fields = fieldsOf(body);
    if (method === "apps.connections.open") {
      ok(response, { url: `ws://127.0.0.1:${port}/link` });
      return;
    }
    if (method === "conversations.history" || method === "conversations.replies") {
      list(response, fields);
      return;
    }
    if (method === "chat.postMessage") {
      workUnder(request, response, () => post(response, fields));
      return;
    }
    if (methods.some((known) => known === method)) {
      ok(response, take(method, fields));
      return;
    }
    refuse(response, "unknown_method", method);
  }

  /** A webhook answers with a word. */
  function hook(response: ServerResponse, body: string): () => void {
    const message = messageSchema.safeParse(JSON.parse(body));
    if (!message.success) {
      refused.push(message.error.message);
      return () => response.writeHead(400).end("invalid_blocks");
    }
    hooked.push(message.data);
    return () => response.writeHead(200).end("ok");
  }

  function post(response: ServerResponse, fields: unknown): () => void {
    const message = postSchema.safeParse(fields);
    if (!message.success)
      return () => {
        refuse(response, "invalid_blocks", message.error.message);
      };
    const ts = `${1_764_000_000 + posted.length}.0`;
    posted.push({ ...message.data, ts });
    return () => {
      ok(response, { ts });
    };
  }

  function take(method: string, fields: unknown): object {
    if (method === "views.open") modals.push(modalSchema.parse(fields));
    else if (method === "chat.postEphemeral") whispers.push(whisperSchema.parse(fields));
    else {
      const { ts, blocks, text } = updateSchema.parse(fields);
      const index = posted.findIndex((one) => one.ts === ts);
      const before = posted[index];
      if (before !== undefined) posted[index] = { ...before, blocks, text };
    }
    return {};
  }

  /** Does the work with the fault that is next, if there is one. */
  function workUnder(request: IncomingMessage, response: ServerResponse, work: () => () => void): void {
    const fault = left.shift();
    if (fault === "hang up") return void request.socket.destroy();
    if (fault === "429") return void response.writeHead(429, { "retry-after": "0" }).end();
    if (fault === "a page of a proxy") return void response.writeHead(503).end("<html>");
    const answer = work();
    if (fault === "lose the answer") return void request.socket.destroy();
    if (fault === "502 after the work") return void response.writeHead(502).end("<html>");
    answer();
  }

  function list(response: ServerResponse, fields: Fields): void {
    const { channel, ts: thread } = fields;
    const messages = posted
      .filter((one) => one.channel === channel)
      .filter(({ ts, thread_ts }) =>
        thread === undefined ? thread_ts === undefined : ts === thread || thread_ts === thread,
      );
    ok(response, { messages: [{ ts: "1.0", text: "good morning" }, ...messages] });
  }

  function refuse(response: ServerResponse, error: string, detail: string): void {
    refused.push(detail);
    answerWith(response, { ok: false, error });
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The library sends forms in which what is no text is JSON. */
function fieldsOf(body: string): Fields {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}

function ok(response: ServerResponse, json: object): void {
  answerWith(response, { ok: true, ...json });
}

function answerWith(response: ServerResponse, json: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(json));
}
