import OpenAI, { APIConnectionError, APIError } from "openai";
import { z } from "zod";
import type { ModelConfig } from "../core/model-config.ts";
import type { Clock } from "./clock.ts";

/** One question as the endpoint gets it. */
type CompletionRequest = {
  readonly instructions: string;
  readonly question: string;
  /** JSON schema of the answer. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly mostAnswerTokens: number;
};

/** What the endpoint says it used; null: it does not say. */
type Usage = { readonly input: number; readonly output: number } | null;

/** How asking once ended. */
export type Completion =
  | { readonly kind: "completed"; readonly text: string; readonly usage: Usage }
  | {
      readonly kind: "cut-off" | "silent" | "limited" | "unavailable" | "unreachable" | "refused";
      readonly because: string;
      /** The endpoint's wish. */
      readonly retryAfterMs: number | null;
      readonly usage: Usage;
    };

/** An endpoint that speaks OpenAI's chat completions. */
export type Endpoint = {
  /** Asks once; whatever goes wrong is an answer. */
  readonly complete: (request: CompletionRequest, signal: AbortSignal) => Promise<Completion>;
  /** The models that it offers. Throws what the package throws. */
  readonly listModels: (signal: AbortSignal) => Promise<readonly string[]>;
};

/** An answer in more pieces, or of more text, than its tokens can come to is no answer. */
const mostCharactersPerToken = 64;

const countSchema = z.int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Of each piece of a stream only what is needed here; endpoints differ in the rest. */
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }),
    )
    .nullish(),
  usage: z.object({ prompt_tokens: countSchema, completion_tokens: countSchema }).nullish().catch(null),
});

/** Connects to the endpoint of a configuration; nothing is taken from the environment behind the caller's back. */
export function openEndpoint(config: ModelConfig, key: string | null, clock: Clock): Endpoint {
  const client = new OpenAI({
    baseURL: config.baseUrl,
    // Endpoints that want no key ignore it; the package refuses to go without.
    apiKey: key ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    // Retries are ours, since each counts against the budgets.
    maxRetries: 0,
    timeout: config.answerSeconds * 2000,
    logLevel: "off",
  });
  return {
    complete: (request, signal) => complete({ client, config, clock }, request, signal),
    listModels: async (signal) => {
      const page = await client.models.list({ signal });
      return page.data.map(({ id }) => id);
    },
  };
}

type Connection = { readonly client: OpenAI; readonly config: ModelConfig; readonly clock: Clock };

async function complete(connection: Connection, request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
  const { config, clock } = connection;
  const controller = new AbortController();
  const stop = () => {
    controller.abort();
  };
  signal.addEventListener("abort", stop);
  const heard: Heard = { text: "", pieces: 0, finish: null, usage: null };
  const ring = (because: string) => () => {
    heard.silent ??= because;
    stop();
  };
  using timers = new DisposableStack();
  timers.defer(() => {
    signal.removeEventListener("abort", stop);
  });
  timers.use(clock.alarm(config.answerSeconds * 1000, ring(`no whole answer in ${config.answerSeconds} s`)));
  try {
    await listen(connection, request, { heard, controller, ring: ring(`nothing came for ${config.silenceSeconds} s`) });
  } catch (error) {
    signal.throwIfAborted();
    return heard.silent === undefined ? faultOf(error, heard) : fault("silent", heard.silent, heard);
  }
  signal.throwIfAborted();
  if (heard.silent !== undefined) return fault("silent", heard.silent, heard);
  if (heard.finish !== "stop") return fault("cut-off", `the answer ended with ${heard.finish ?? "nothing"}`, heard);
  return { kind: "completed", text: heard.text, usage: heard.usage };
}

/** What came so far; it grows while the stream is read. */
type Heard = { text: string; pieces: number; finish: string | null; usage: Usage; silent?: string };

async function listen(
  { client, config, clock }: Connection,
  request: CompletionRequest,
  {
    heard,
    controller,
    ring,
  }: { readonly heard: Heard; readonly controller: AbortController; readonly ring: () => void },
): Promise<void> {
  const most = request.mostAnswerTokens * mostCharactersPerToken;
  let silence = clock.alarm(config.silenceSeconds * 1000, ring);
  try {
    const stream = await client.chat.completions.create(
      {
        model: config.name,
        stream: true,
        stream_options: { include_usage: true },
        messages: [
          { role: "system", content: request.instructions },
          { role: "user", content: request.question },
        ],
        ...limitOf(config, request.mostAnswerTokens),
        ...formatOf(config, request.schema),
      },
      { signal: controller.signal },
    );
    for await (const chunk of stream) {
      silence[Symbol.dispose]();
      silence = clock.alarm(config.silenceSeconds * 1000, ring);
      const { choices, usage } = chunkSchema.parse(chunk);
      const [choice] = choices ?? [];
      heard.text += choice?.delta?.content ?? "";
      heard.finish = choice?.finish_reason ?? heard.finish;
      if (usage !== null && usage !== undefined)
        heard.usage = { input: usage.prompt_tokens, output: usage.completion_tokens };
      heard.pieces += 1;
      if (heard.text.length > most || heard.pieces > most) throw new RangeError("the answer does not end");
    }
  } finally {
    silence[Symbol.dispose]();
  }
}

function limitOf({ answerLimit }: ModelConfig, tokens: number) {
  return answerLimit === "max_tokens" ? { max_tokens: tokens } : { max_completion_tokens: tokens };
}

function formatOf({ answers }: ModelConfig, schema: CompletionRequest["schema"]) {
  switch (answers) {
    case "schema":
      return {
        response_format: { type: "json_schema" as const, json_schema: { name: "answer", strict: true, schema } },
      };
    case "json":
      return { response_format: { type: "json_object" as const } };
    case "text":
      return {};
    default:
      return answers satisfies never;
  }
}

function faultOf(error: unknown, heard: Heard): Completion {
  // A connection that breaks once something came is half an answer.
  if (heard.pieces > 0) return fault("cut-off", messageOf(error), heard);
  if (error instanceof APIConnectionError) return fault("unreachable", messageOf(error), heard);
  if (!(error instanceof APIError)) return fault("cut-off", messageOf(error), heard);
  const status = typeof error.status === "number" ? error.status : 0;
  const retryAfterMs = retryAfterOf(error.headers);
  const because = `HTTP ${status}`;
  if (status === 429) return { ...fault("limited", because, heard), retryAfterMs };
  if (status >= 500 || status === 408 || status === 409)
    return { ...fault("unavailable", because, heard), retryAfterMs };
  return status === 0 ? fault("cut-off", messageOf(error), heard) : fault("refused", because, heard);
}

type Fault = Exclude<Completion, { readonly kind: "completed" }>;

function fault(kind: Fault["kind"], because: string, { usage }: Heard): Fault {
  return { kind, because, retryAfterMs: null, usage };
}

function retryAfterOf(headers: unknown): number | null {
  const text = headers instanceof Headers ? headers.get("retry-after") : null;
  const seconds = text === null ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
