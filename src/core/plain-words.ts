import { z } from "zod";

/** The answer of a model that was asked for words; what it says beyond this is refused. */
export const plainWordsSchema = z.strictObject({ theme: z.string(), reason: z.string() });

export type PlainWordsAnswer = Readonly<z.output<typeof plainWordsSchema>>;

/** What a pull request is about, in words of a model that were held against what it was shown. */
export type PlainWords = {
  readonly model: string;
  /** Stands behind the title that code makes; empty: it said nothing that could be used. */
  readonly theme: string;
  /** Why it may go, in a sentence or two; empty as above. */
  readonly reason: string;
};
