import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject } from "openai/resources/shared";
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";

/** What a scripted endpoint does with one question. */
export type Reply =
  /** Answers whole; `usage` null: it does not say what it used, absent: about a token for four characters. */
  | { readonly kind: "says"; readonly text: string; readonly usage?: Usage | null; readonly finish?: "stop" | "length" }
  /** Begins an answer, and the connection breaks. */
  | { readonly kind: "half"; readonly text: string }
  /** Begins an answer and then says nothing any more. */
  | { readonly kind: "silence" }
  /** Sends something that is no stream of pieces. */
  | { readonly kind: "garbage"; readonly text: string }
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string };

type Usage = { readonly prompt_tokens: number; readonly completion_tokens: number };

/** A question as the endpoint got it. */
export type Received = {
  readonly model: string;
  readonly instructions: string;
  readonly question: string;
  readonly authorization: string;
};

/** A local endpoint that speaks OpenAI's chat completions and does as it is told. */
export type ScriptedModel = AsyncDisposable & {
  readonly baseUrl: string;
  readonly received: readonly Received[];
};

const schema: unknown = JSON.parse(readFileSync(new URL("openai.schema.json", import.meta.url), "utf8"));
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
ajv.addSchema({ ...(schema as object), $id: "openai" });
const descriptions = {
  request: ajv.compile({
    allOf: [{ $ref: "openai#/$defs/CreateChatCompletionRequest" }],
    unevaluatedProperties: false,
  }),
  chunk: ajv.compile({ $ref: "openai#/$defs/CreateChatCompletionStreamResponse" }),
  error: ajv.compile({ $ref: "openai#/$defs/ErrorResponse" }),
  models: ajv.compile({ $ref: "openai#/$defs/ListModelsResponse" }),
} as const;

/** Starts an endpoint; `script` decides over each question, and `onSilence` is told when it falls silent. */
export async function startScriptedModel(
  script: (question: Received, index: number) => Reply,
  onSilence: () => void = () => undefined,
): Promise<ScriptedModel> {
  const received: Received[] = [];
  const faults: string[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.destroy();
    });
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === "/v1/models") {
      const model = { id: "scripted", object: "model", created: 0, owned_by: "tests" } as const;
      sendJson(response, 200, checked("models", { object: "list", data: [model] }));
      return;
    }
    if (request.url !== "/v1/chat/completions") throw new Error(`nobody serves ${request.url ?? ""}`);
    const body = checked("request", JSON.parse(await textOf(request))) as ChatCompletionCreateParamsStreaming;
    const [system, user] = body.messages;
    const question = {
      model: body.model,
      instructions: textOfMessage(system),
      question: textOfMessage(user),
      authorization: request.headers.authorization ?? "",
    };
    received.push(question);
    const reply = script(question, received.length - 1);
    play(
      response,
      reply,
      { model: body.model, asked: question.instructions.length + question.question.length },
      onSilence,
    );
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the endpoint has no port");
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      if (faults.length > 0) throw new Error(faults.join("\n"));
    },
  };
}

function textOfMessage(message: ChatCompletionCreateParamsStreaming["messages"][number] | undefined): string {
  if (typeof message?.content !== "string") throw new Error("a message is no text");
  return message.content;
}

function play(
  response: ServerResponse,
  reply: Reply,
  { model, asked }: { readonly model: string; readonly asked: number },
  onSilence: () => void,
): void {
  switch (reply.kind) {
    case "status": {
      const error = { message: "No.", type: "scripted", param: null, code: null } satisfies Partial<ErrorObject>;
      if (reply.retryAfter !== undefined) response.setHeader("retry-after", reply.retryAfter);
      sendJson(response, reply.status, checked("error", { error }));
      return;
    }
    case "garbage":
      response.writeHead(200, { "content-type": "text/event-stream" }).end(reply.text);
      return;
    case "silence":
      begin(response, piece(model, "{"));
      onSilence();
      return;
    case "half":
      begin(response, piece(model, reply.text));
      response.write("data: {", () => response.destroy());
      return;
    case "says": {
      begin(response, piece(model, reply.text.slice(0, 7)), piece(model, reply.text.slice(7)));
      send(response, {
        ...piece(model, ""),
        choices: [{ index: 0, delta: {}, finish_reason: reply.finish ?? "stop" }],
      });
      const roughly = { prompt_tokens: Math.ceil(asked / 4), completion_tokens: Math.ceil(reply.text.length / 4) };
      const usage = reply.usage === undefined ? roughly : reply.usage;
      if (usage !== null) {
        const total_tokens = usage.prompt_tokens + usage.completion_tokens;
        send(response, { ...piece(model, ""), choices: [], usage: { ...usage, total_tokens } });
      }
      response.end("data: [DONE]\n\n");
      return;
    }
    default:
      reply satisfies never;
  }
}

function piece(model: string, content: string): ChatCompletionChunk {
  const choice = { index: 0, delta: { role: "assistant", content }, finish_reason: null } as const;
  return { id: "chatcmpl-1", object: "chat.completion.chunk", created: 0, model, choices: [choice] };
}

function begin(response: ServerResponse, ...pieces: readonly ChatCompletionChunk[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const one of pieces) send(response, one);
}

function send(response: ServerResponse, chunk: ChatCompletionChunk): void {
  response.write(`data: ${JSON.stringify(checked("chunk", chunk))}\n\n`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** What crosses the wire is as OpenAI describes it, or the test fails. */
function checked<Body>(kind: keyof typeof descriptions, body: Body): Body {
  const check = descriptions[kind];
  if (!check(body)) throw new Error(`${kind}: ${ajv.errorsText(check.errors)}`);
  return body;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
