import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { opinionAnswerSchema, type OpinionAnswer } from "../../src/core/opinion.ts";
import type { Question } from "../../src/io/ask-model.ts";
import { readPrompt } from "../../src/io/prompt-file.ts";
import { scriptedRun, type ScriptedRun } from "./scripted-run.ts";
import type { Reply } from "./openai-server.ts";

const { signal } = new AbortController();
const fine: OpinionAnswer = { verdict: "no-objection", reason: "", citations: [] };
const good: Reply = { kind: "says", text: JSON.stringify(fine) };

function questionAbout(about: string, text = "export const pear = 1;"): Question<OpinionAnswer> {
  return {
    ...{ purpose: "second-opinion", about, prompt: readPrompt("second-opinion"), mostAnswerTokens: 500 },
    material: { facts: { name: about }, items: [{ source: "m1", kind: "code", place: "src/pear.ts", line: 1, text }] },
    schema: opinionAnswerSchema,
  };
}

async function callsOf({ store }: ScriptedRun) {
  return await store.database.selectFrom("model_call").selectAll().execute();
}

describe("a question that goes wrong", () => {
  const rows: readonly { readonly name: string; readonly replies: readonly Reply[]; readonly because: string }[] = [
    {
      name: "wrong JSON",
      replies: [{ kind: "says", text: '{"verdict": "delete-everything"}' }],
      because: "its answer was not in the form that was asked for",
    },
    {
      name: "prose",
      replies: [{ kind: "says", text: "Sure! I deleted it." }],
      because: "its answer was not in the form that was asked for",
    },
    { name: "half a stream", replies: [{ kind: "half", text: '{"verdict": "no' }], because: "its answer broke off" },
    {
      name: "no stream at all",
      replies: [{ kind: "garbage", text: "<html>busy</html>" }],
      because: "its answer broke off",
    },
    {
      name: "pieces that are no JSON",
      replies: [{ kind: "garbage", text: "data: {{{\n\n" }],
      because: "its answer broke off",
    },
    {
      name: "an answer without an end",
      replies: [{ kind: "says", text: "{", finish: "length" }],
      because: "its answer broke off",
    },
    { name: "silence", replies: [{ kind: "silence" }], because: "it did not answer in time" },
    {
      name: "429",
      replies: [{ kind: "status", status: 429 }],
      because: "it wants no more questions for now (HTTP 429)",
    },
    { name: "500", replies: [{ kind: "status", status: 500 }], because: "it has a fault of its own (HTTP 500)" },
    { name: "401", replies: [{ kind: "status", status: 401 }], because: "it refused the question (HTTP 401)" },
  ];
  test.each(rows)("$name is told, and nothing is thrown", async ({ replies, because }) => {
    await using run = await scriptedRun((_question, index) => replies[index % replies.length] ?? good);
    expect(await run.model.ask(questionAbout("pear"), signal)).toEqual({ kind: "unanswered", because });
    expect(run.model.use()).toMatchObject({ answered: 0, unanswered: [{ because, count: 1 }] });
  });

  test.each(rows.filter(({ name }) => name !== "401"))("after $name once, asking again helps", async ({ replies }) => {
    await using run = await scriptedRun((_question, index) => replies[index] ?? good);
    expect(await run.model.ask(questionAbout("pear"), signal)).toMatchObject({ kind: "answered", answer: fine });
    expect(run.endpoint.received).toHaveLength(2);
  });

  test("pauses grow, and follow the endpoint's wish up to a minute", async () => {
    await using run = await scriptedRun(
      (_question, index) => ({
        ...{ kind: "status", status: 429 },
        retryAfter: ["0", "7", "3600"][index] ?? "0",
      }),
      { config: { retries: 5 } },
    );
    await run.model.ask(questionAbout("pear"), signal);
    expect(run.clock.pauses).toEqual([1000, 7000]);
  });

  test("an endpoint that only fails is given up for the night, in every repository", async () => {
    await using run = await scriptedRun(() => ({ kind: "status", status: 500 }));
    for (const name of ["apple", "pear", "plum"]) await run.model.ask(questionAbout(name), signal);
    await run.again({ repo: "garden" }).ask(questionAbout("fig"), signal);
    expect(run.endpoint.received).toHaveLength(4);
    expect(run.model.use().unanswered.map(({ because }) => because)).toContain("the endpoint failed 4 times in a row");
  });

  test("an abort ends it", async () => {
    const controller = new AbortController();
    await using run = await scriptedRun(() => {
      controller.abort();
      return good;
    });
    await expect(run.model.ask(questionAbout("pear"), controller.signal)).rejects.toThrow(/abort/i);
  });
});

describe("what is remembered", () => {
  test("an unchanged question is not asked twice, in no later night either; a changed one is", async () => {
    await using run = await scriptedRun(() => good);
    await run.model.ask(questionAbout("pear"), signal);
    const later = run.again({ night: "2026-11-24" });
    expect(await later.ask(questionAbout("pear"), signal)).toMatchObject({ kind: "answered", answer: fine });
    expect(later.use()).toMatchObject({ answered: 0, recalled: 1, tokens: 0, dollars: 0 });
    await later.ask(questionAbout("pear", "export const pear = 2;"), signal);
    expect(run.endpoint.received).toHaveLength(2);
  });

  test("a wrong answer is not kept", async () => {
    await using run = await scriptedRun((_question, index) => (index === 0 ? { kind: "says", text: "{}" } : good), {
      config: { retries: 0 },
    });
    await run.model.ask(questionAbout("pear"), signal);
    expect(await run.model.ask(questionAbout("pear"), signal)).toMatchObject({ kind: "answered" });
  });

  test("every call leaves its hash, its model, its cost and its time, and no word of what was said", async () => {
    await using run = await scriptedRun(() => good, { environment: { ORCHARD_TOKEN: "a-very-secret-value" } });
    await run.model.ask(questionAbout("pear", 'fetch("a-very-secret-value");'), signal);
    const [call] = await callsOf(run);
    expect(call).toMatchObject({
      ...{ night: "2026-11-23", repo: "orchard", about: "pear", purpose: "second-opinion" },
      ...{ prompt: "second-opinion.v1", model: "scripted", ending: "answered" },
    });
    expect(call?.prompt_hash).toMatch(/^[0-9a-f]{64}$/);
    const { input_tokens: input = 0, output_tokens: output = 0, dollars } = call ?? {};
    expect(dollars).toBeCloseTo((input * 2 + output * 8) / 1_000_000, 12);
    expect(JSON.stringify(call)).not.toMatch(/secret|sk-test|fetch/);
  });

  test("secrets are hidden before anything is sent", async () => {
    await using run = await scriptedRun(() => good, { environment: { ORCHARD_TOKEN: "a-very-secret-value" } });
    const code = [
      'fetch("a-very-secret-value");',
      'const password = "hunter2-hunter2";',
      "const key = 'ghp_0123456789abcdefghij';",
    ].join("\n");
    await run.model.ask(questionAbout("pear", code), signal);
    const [sent] = run.endpoint.received;
    expect(sent?.question).not.toMatch(/very-secret|hunter2|ghp_/);
    expect(sent?.question).toContain("const password =");
    expect(sent?.authorization).toBe("Bearer sk-test-0123456789abcdef");
  });
});

describe("budgets", () => {
  test("a question that could pass one is not asked", async () => {
    await using run = await scriptedRun(() => good, { budgets: { candidate: { tokens: 100, dollars: 1 } } });
    expect(await run.model.ask(questionAbout("pear"), signal)).toEqual({
      kind: "unanswered",
      because: "it would pass the candidate's budget of 100 tokens",
    });
    expect(run.endpoint.received).toEqual([]);
  });

  test("no dollars means no questions", async () => {
    await using run = await scriptedRun(() => good, { budgets: { night: { tokens: 1e9, dollars: 0 } } });
    await run.model.ask(questionAbout("pear"), signal);
    expect(run.endpoint.received).toEqual([]);
  });

  test("what one repository spends is gone for the next of the same night, and is there again tomorrow", async () => {
    await using run = await scriptedRun(() => good, { budgets: { night: { tokens: 5000, dollars: 1 } } });
    const claims = { prompt_tokens: 2500, completion_tokens: 10 };
    await using greedy = await scriptedRun(() => ({ ...good, usage: claims }), { budgets: run.budgets });
    await greedy.model.ask(questionAbout("pear"), signal);
    expect(await greedy.again({ repo: "garden" }).ask(questionAbout("fig"), signal)).toMatchObject({
      kind: "unanswered",
    });
    expect(await greedy.again({ night: "2026-11-24" }).ask(questionAbout("fig"), signal)).toMatchObject({
      kind: "answered",
    });
  });

  test("an endpoint that claims more than a question can cost is not asked again", async () => {
    const absurd: Reply = { ...good, usage: { prompt_tokens: 900_000_000, completion_tokens: 5 } };
    await using run = await scriptedRun(() => absurd);
    await run.model.ask(questionAbout("pear"), signal);
    await run.model.ask(questionAbout("fig"), signal);
    await run.again({ repo: "garden" }).ask(questionAbout("plum"), signal);
    expect(run.endpoint.received).toHaveLength(1);
    expect(JSON.stringify(run.model.use().unanswered)).toContain("claims 900000005 tokens");
  });

  test("what was sent and never accounted for counts at its worst", async () => {
    await using run = await scriptedRun(() => ({ ...good, usage: null }));
    await run.model.ask(questionAbout("pear"), signal);
    const [call] = await callsOf(run);
    const sent = run.endpoint.received.map(({ instructions, question }) => instructions + question).join("");
    expect(call?.input_tokens).toBeGreaterThan(sent.length);
    expect(call?.output_tokens).toBe(500);
  });

  const claim = fc.oneof(fc.nat({ max: 2500 }), fc.integer({ min: 1e6, max: 1e12 }));
  const isAbsurd = (call: { readonly input_tokens: number; readonly output_tokens: number }) =>
    call.input_tokens >= 1e6 || call.output_tokens >= 1e6;
  const reply: fc.Arbitrary<Reply> = fc.oneof(
    fc.constant(good),
    fc.record({ kind: fc.constant("says" as const), text: fc.json() }),
    fc.record({
      ...{ kind: fc.constant("says" as const), text: fc.constant(JSON.stringify(fine)) },
      usage: fc.record({ prompt_tokens: claim, completion_tokens: fc.oneof(fc.nat({ max: 500 }), fc.constant(1e9)) }),
    }),
    fc.record({ kind: fc.constant("half" as const), text: fc.string() }),
    fc.record({ kind: fc.constant("garbage" as const), text: fc.string() }),
    fc.constant<Reply>({ kind: "silence" }),
    fc.record({
      kind: fc.constant("status" as const),
      status: fc.constantFrom(400, 401, 404, 408, 429, 500, 503, 529),
    }),
  );
  test("are kept whatever the endpoint does, and nothing is thrown", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(reply, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 12_000 }),
        async (replies, tokens) => {
          await using run = await scriptedRun((_question, index) => replies[index % replies.length] ?? good, {
            budgets: { night: { tokens, dollars: 0.02 } },
          });
          for (const name of ["apple", "pear", "plum"]) await run.model.ask(questionAbout(name), signal);
          const calls = await callsOf(run);
          expect(calls.filter(({ ending }) => ending === "running")).toEqual([]);
          const [lies, honest] = [calls.filter(isAbsurd), calls.filter((call) => !isAbsurd(call))];
          // Whoever claims what cannot be is asked no more.
          expect(lies.length).toBeLessThanOrEqual(1);
          expect(honest.reduce((sum, call) => sum + call.input_tokens + call.output_tokens, 0)).toBeLessThanOrEqual(
            tokens,
          );
          expect(honest.reduce((sum, { dollars }) => sum + dollars, 0)).toBeLessThanOrEqual(0.02 + 1e-9);
        },
      ),
      { numRuns: 20 },
    );
  });
});
