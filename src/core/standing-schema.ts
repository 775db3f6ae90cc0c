import { z } from "zod";
import { lifecycleResults, type LifecycleResult, type StandingOutcome } from "./lifecycle.ts";
import type { CandidateId } from "./names.ts";

/** What became of a standing pull request, as a record has it; `ids` reads lists of candidates. */
export function standingSchema(ids: z.ZodType<CandidateId[]>): z.ZodType<StandingOutcome> {
  return z.strictObject({
    number: z.number().nonnegative(),
    branch: z.string(),
    url: z.string(),
    result: z.enum(Object.keys(lifecycleResults) as [LifecycleResult, ...LifecycleResult[]]),
    because: z.string(),
    done: z.array(z.string()),
    candidates: ids,
  });
}
