import { z } from "zod";

const dollars = z.number().nonnegative();
const tokens = z.int().nonnegative();

/** Where the model is, what it costs, and how much may be asked of it. Without it no model is asked anything. */
export const modelConfigSchema = z.strictObject({
  name: z.string().min(1).describe("The model, as its endpoint calls it. Another name gives the shelf another try."),
  baseUrl: z.url().default("https://api.openai.com/v1").describe("Any endpoint that speaks OpenAI's chat completions."),
  keyEnv: z
    .string()
    .min(1)
    .nullable()
    .default("OPENAI_API_KEY")
    .describe(
      "Name of the environment variable that holds its key; null: it wants none. Without the key it is not asked.",
    ),
  answers: z
    .enum(["schema", "json", "text"])
    .default("schema")
    .describe(
      "What the endpoint can be held to: `schema`: structured outputs, `json`: any JSON, `text`: nothing. Answers are checked in each case.",
    ),
  answerLimit: z
    .enum(["max_completion_tokens", "max_tokens"])
    .default("max_completion_tokens")
    .describe("What the endpoint calls the most tokens of an answer; older ones know `max_tokens` only."),
  dollarsPerMillionTokens: z
    .strictObject({
      input: dollars.describe("For a million tokens of questions; 0 where it costs nothing."),
      output: dollars.describe("For a million tokens of answers."),
    })
    .describe("Its price, by which the budgets in dollars are kept."),
  silenceSeconds: z.number().positive().default(60).describe("An answer that does not move for so long is given up."),
  answerSeconds: z.number().positive().default(300).describe("And so is one that takes so long in all."),
  retries: z.int().min(0).max(10).default(2).describe("How often a question is asked again that went wrong."),
  limits: z
    .strictObject({
      tokensPerCandidate: tokens.default(80_000).describe("Of all questions about one candidate in a night."),
      dollarsPerCandidate: dollars.default(0.2).describe("The same in US dollars."),
      tokensPerRepository: tokens.default(1_000_000).describe("Of one repository in a night."),
      dollarsPerRepository: dollars
        .default(1)
        .describe("The same in US dollars; a policy's `limits.dollarsPerNight` can only narrow it."),
      tokensPerNight: tokens
        .default(5_000_000)
        .describe("Of the whole night; its dollars are `limits.dollarsPerNight` of the operator's policy."),
    })
    .describe("A question that could pass one of these at worst is not asked.")
    .prefault({}),
});

/** A configured model. */
export type ModelConfig = z.output<typeof modelConfigSchema>;
