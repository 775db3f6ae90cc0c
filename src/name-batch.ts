import type { Candidate } from "./core/candidate.ts";
import type { VerifiedBatch } from "./core/check.ts";
import { plainWordsSchema, type PlainWords } from "./core/plain-words.ts";
import type { EffectivePolicy } from "./core/policy-layers.ts";
import type { Model } from "./io/ask-model.ts";
import { readPrompt } from "./io/prompt-file.ts";
import { batchMaterial } from "./model/deletion-material.ts";
import { checkWords } from "./model/check-words.ts";
import type { PublishRequest } from "./publish/publish.ts";
import { codeOf } from "./second-opinion.ts";

const mostAnswerTokens = 1000;

/** Makes what asks the model of a night what a pull request is about, in words. */
export function createNamer(
  run: { readonly openModel?: (policy: EffectivePolicy) => Model | null; readonly signal: AbortSignal },
  policy: EffectivePolicy,
  directory: string,
): NonNullable<PublishRequest["nameBatch"]> {
  const model = run.openModel?.(policy) ?? null;
  return (batch, candidates) => nameBatch(model, batch, candidates, { directory, signal: run.signal });
}

/** null: nobody is to be asked, or nothing of the answer can be used. */
async function nameBatch(
  model: Model | null,
  batch: VerifiedBatch,
  candidates: readonly Candidate[],
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
): Promise<PlainWords | null> {
  // What adds entries to a configuration deletes nothing, and says itself why.
  if (model === null || batch.category === "missing-entry") return null;
  const material = batchMaterial(
    candidates,
    candidates.flatMap((candidate) => codeOf(candidate, directory)),
  );
  const about = `batch ${batch.fingerprint}`;
  const question = { purpose: "words", about, material, schema: plainWordsSchema, mostAnswerTokens } as const;
  const asked = await model.ask({ ...question, prompt: readPrompt("words") }, signal);
  return asked.kind === "answered" ? checkWords(asked.answer, asked.given, model.name) : null;
}
