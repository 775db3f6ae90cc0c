import { z } from "zod";
import type { CandidateId } from "./names.ts";

/** Why something that nothing reaches may be wanted all the same, in words that need no model. */
export const objections = {
  planned: "it looks planned rather than dead",
  "public-promise": "it looks promised to people outside of the repository",
  "outside-hook": "something outside of the repository seems to call it",
  principle: "a principle of its owners speaks against it",
} as const satisfies Record<string, string>;

/** What speaks against a deletion. */
type Objection = keyof typeof objections;

/** The answer of a model to the question for a second opinion; what it says beyond this is refused. */
export const opinionAnswerSchema = z.strictObject({
  verdict: z.enum(["no-objection", "planned", "public-promise", "outside-hook", "principle"]),
  reason: z.string(),
  citations: z.array(z.strictObject({ source: z.string(), quote: z.string() })),
});
export type OpinionAnswer = Readonly<z.output<typeof opinionAnswerSchema>>;

/** Words of the repository that an opinion rests on, and where they stand: `docs/roadmap.md:12`. */
export type Citation = { readonly place: string; readonly quote: string };

/** What a model thinks of a deletion, as far as it could be held to what it was shown. */
export type Opinion = {
  readonly id: CandidateId;
  readonly model: string;
  readonly verdict: "no-objection" | Objection;
  /** Its own words; those of the table above where they say more than it was shown. Empty without an objection. */
  readonly reason: string;
  readonly citations: readonly Citation[];
};

/** Opinions as records carry them. */
export const opinionSchema = (id: z.ZodType<CandidateId>): z.ZodType<Opinion> =>
  z.strictObject({
    id,
    model: z.string(),
    verdict: opinionAnswerSchema.shape.verdict,
    reason: z.string(),
    citations: z.array(z.strictObject({ place: z.string(), quote: z.string() })),
  });

/** What the model came to, as records carry it. */
export const modelUseSchema = z.strictObject({
  model: z.string(),
  answered: z.number(),
  recalled: z.number(),
  tokens: z.number(),
  dollars: z.number(),
  unanswered: z.array(z.strictObject({ because: z.string(), count: z.number() })),
});
