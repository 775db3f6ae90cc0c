import { createHash } from "node:crypto";
import { z } from "zod";
import { maskCode } from "../core/mask-code.ts";
import type { Material } from "../core/material.ts";
import { mostTokens, priceOf, type Budgets } from "../core/model-budget.ts";
import type { ModelCall, ModelPurpose, ModelUse } from "../core/model-call.ts";
import type { ModelConfig } from "../core/model-config.ts";
import type { RepoKey } from "../core/names.ts";
import type { Clock } from "./clock.ts";
import type { Mask } from "./mask.ts";
import { keepAnswer, noteCall, recallAnswer, reserve, settleCall } from "./model-store.ts";
import type { Completion, Endpoint } from "./openai.ts";
import type { Prompt } from "./prompt-file.ts";
import type { Store } from "./store.ts";

/** What a model is asked. */
export type Question<Answer> = {
  readonly purpose: ModelPurpose;
  /** What it is charged to, such as the id of a candidate. */
  readonly about: string;
  readonly prompt: Prompt;
  readonly material: Material;
  readonly schema: z.ZodType<Answer>;
  readonly mostAnswerTokens: number;
};

/** How a question ended; `given` is the material as the model saw it, with its secrets hidden. */
type Asked<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer; readonly given: Material }
  | { readonly kind: "unanswered"; readonly because: string };

/** A model that one repository's night may ask. */
export type Model = {
  readonly name: string;
  readonly ask: <Answer>(question: Question<Answer>, signal: AbortSignal) => Promise<Asked<Answer>>;
  /** What it came to so far. */
  readonly use: () => ModelUse;
};

/** What the models of a night share: once the endpoint is given up, no repository asks it again tonight. */
export type ModelLine = {
  readonly config: ModelConfig;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly mask: Mask;
  readonly fate: { givenUp: string | null; faults: number };
};

/** After so many faults one after the other the endpoint is given up for the night. */
const mostFaults = 4;

/** A question is asked again after 1, 2, 4 seconds and so on; an endpoint that wants more than a minute is not waited for. */
const longestPauseMs = 60_000;

type Run = ModelLine & {
  readonly store: Store;
  readonly night: string;
  readonly repo: RepoKey;
  readonly budgets: Budgets;
};

/** Stands for a model that cannot be asked, so that the report says why. */
export function absentModel(name: string, because: string): Model {
  let count = 0;
  return {
    name,
    ask: () => {
      count += 1;
      return Promise.resolve({ kind: "unanswered", because });
    },
    use: () => ({
      ...{ model: name, answered: 0, recalled: 0, tokens: 0, dollars: 0 },
      unanswered: count === 0 ? [] : [{ because, count }],
    }),
  };
}

/** Opens the model for one repository's night: with budgets, a memory, retries, and a record of every call. */
export function openModel(run: Run): Model {
  const { config } = run;
  const tally = { answered: 0, recalled: 0, tokens: 0, dollars: 0, unanswered: new Map<string, number>() };
  return {
    name: config.name,
    ask: async (question, signal) => {
      const asked = await ask({ ...run, tally }, question, signal);
      if (asked.kind === "answered") return asked;
      tally.unanswered.set(asked.because, (tally.unanswered.get(asked.because) ?? 0) + 1);
      return asked;
    },
    use: () => ({
      ...{ model: config.name, answered: tally.answered, recalled: tally.recalled },
      ...{ tokens: tally.tokens, dollars: Math.round(tally.dollars * 1e6) / 1e6 },
      unanswered: [...tally.unanswered].map(([because, count]) => ({ because, count })),
    }),
  };
}

type Asking = Run & { readonly tally: { answered: number; recalled: number; tokens: number; dollars: number } };

async function ask<Answer>(run: Asking, question: Question<Answer>, signal: AbortSignal): Promise<Asked<Answer>> {
  const { config, store, tally } = run;
  const given = maskMaterial(question.material, run.mask);
  const schema = z.toJSONSchema(question.schema);
  const text = JSON.stringify(given);
  const hash = hashOf([config.baseUrl, config.name, question.prompt.text, text, JSON.stringify(schema)]);
  const known = question.schema.safeParse(await recallAnswer(store, hash));
  const call = callOf(run, question, hash);
  if (known.success) {
    await noteCall(store, { ...call, ending: "recalled", ms: 0 });
    tally.recalled += 1;
    return { kind: "answered", answer: known.data, given };
  }
  const worst = {
    input: mostTokens([question.prompt.text, text, JSON.stringify(schema)]),
    output: question.mostAnswerTokens,
  };
  let because = "";
  for (let attempt = 0; attempt <= config.retries; attempt += 1) {
    if (run.fate.givenUp !== null) return { kind: "unanswered", because: run.fate.givenUp };
    const request = { instructions: question.prompt.text, question: text, schema, mostAnswerTokens: worst.output };
    const end = await attemptOnce(run, { call, worst }, (own) => run.endpoint.complete(request, own), signal);
    if (typeof end === "string") return { kind: "unanswered", because: `it would pass ${end}` };
    const answer = end.kind === "completed" ? parseAnswer(question.schema, end.text) : null;
    if (answer !== null) {
      run.fate.faults = 0;
      tally.answered += 1;
      await keepAnswer(store, { hash, model: config.name, answer, at: run.clock.now().toISOString() });
      return { kind: "answered", answer, given };
    }
    because = end.kind === "completed" ? "its answer was not in the form that was asked for" : inWords(end);
    if (!(await mayAskAgain(run, end, attempt, signal))) break;
  }
  return { kind: "unanswered", because };
}

type Worst = { readonly input: number; readonly output: number };

/** Asks once within the budgets; gives the name of the budget that stands against it. */
async function attemptOnce(
  { store, budgets, config, clock, tally, fate }: Asking,
  { call, worst }: { readonly call: Omit<ModelCall, "ending" | "ms">; readonly worst: Worst },
  send: (signal: AbortSignal) => Promise<Completion>,
  signal: AbortSignal,
): Promise<Completion | string> {
  signal.throwIfAborted();
  const reserved = { ...call, ...charged(worst, config), at: clock.now().toISOString() };
  const reservation = await reserve(store, reserved, budgets);
  if (typeof reservation === "string") return reservation;
  const began = performance.now();
  const end = await send(signal);
  const used = usedBy(end, worst);
  const ending = end.kind === "completed" ? "answered" : end.kind;
  const cost = charged(used, config);
  await settleCall(store, reservation, { ...cost, ms: Math.round(performance.now() - began), ending });
  tally.tokens += used.input + used.output;
  tally.dollars += cost.dollars;
  if (used.input > worst.input || used.output > worst.output)
    fate.givenUp = `the endpoint claims ${used.input + used.output} tokens for a question of at most ${worst.input + worst.output}`;
  return end;
}

function charged(used: Worst, config: ModelConfig): Pick<ModelCall, "inputTokens" | "outputTokens" | "dollars"> {
  return { inputTokens: used.input, outputTokens: used.output, dollars: priceOf(used, config).dollars };
}

/** What was sent but never accounted for counts at its worst; what was turned away cost nothing. */
function usedBy(end: Completion, worst: Worst): Worst {
  const freeOfCharge: readonly Completion["kind"][] = ["limited", "unavailable", "refused", "unreachable"];
  return end.usage ?? (freeOfCharge.includes(end.kind) ? { input: 0, output: 0 } : worst);
}

async function mayAskAgain(run: Asking, end: Completion, attempt: number, signal: AbortSignal): Promise<boolean> {
  const { fate, config, clock } = run;
  if (end.kind !== "completed") fate.faults += 1;
  if (end.kind === "refused") fate.givenUp = inWords(end);
  else if (fate.faults >= mostFaults) fate.givenUp = `the endpoint failed ${fate.faults} times in a row`;
  if (isGivenUp(fate) || attempt === config.retries) return false;
  if (end.kind === "completed") return true;
  const pauseMs = Math.max(1000 * 2 ** attempt, end.retryAfterMs ?? 0);
  if (pauseMs > longestPauseMs) return false;
  await clock.pause(pauseMs, signal);
  signal.throwIfAborted();
  return true;
}

function isGivenUp({ givenUp }: ModelLine["fate"]): boolean {
  return givenUp !== null;
}

const faults = {
  "cut-off": "its answer broke off",
  silent: "it did not answer in time",
  limited: "it wants no more questions for now",
  unavailable: "it has a fault of its own",
  unreachable: "it could not be reached",
  refused: "it refused the question",
} as const satisfies Record<Exclude<Completion["kind"], "completed">, string>;

/** What an endpoint says of its faults is not repeated but for its status: it may name keys and accounts. */
function inWords(end: Exclude<Completion, { readonly kind: "completed" }>): string {
  return /^HTTP \d+$/.test(end.because) ? `${faults[end.kind]} (${end.because})` : faults[end.kind];
}

/** Some endpoints put JSON into a fence; nothing else around it is taken. */
function parseAnswer<Answer>(schema: z.ZodType<Answer>, text: string): Answer | null {
  const bare = text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, "$1");
  try {
    const parsed = schema.safeParse(JSON.parse(bare));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function maskMaterial({ facts, items }: Material, mask: Mask): Material {
  const hide = (text: string): string => maskCode(mask(text));
  const shown = Object.entries(facts).map(([name, value]): [string, Material["facts"][string]] => {
    if (typeof value === "number") return [name, value];
    return [name, typeof value === "string" ? hide(value) : value.map(hide)];
  });
  return {
    facts: Object.fromEntries(shown),
    items: items.map((item) => ({ ...item, place: mask(item.place), text: hide(item.text) })),
  };
}

function callOf(
  { night, repo, config, clock }: Run,
  { about, purpose, prompt }: Omit<Question<unknown>, "schema">,
  promptHash: string,
): Omit<ModelCall, "ending" | "ms"> {
  const nothing = { inputTokens: 0, outputTokens: 0, dollars: 0 };
  const at = clock.now().toISOString();
  return { night, repo, about, purpose, prompt: prompt.name, promptHash, model: config.name, ...nothing, at };
}

function hashOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
