import { checkOut, type CheckoutRequest } from "../../src/checkout/check-out.ts";
import type { Verification, VerifiedBatch } from "../../src/core/check.ts";
import type { CandidateId } from "../../src/core/names.ts";
import { policySchema, type Policy } from "../../src/core/policy-schema.ts";
import { decide } from "../../src/decide/decide.ts";
import { readEditedTexts } from "../../src/find-candidates.ts";
import { inspectCandidates } from "../../src/inspect-candidates.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { breakNeighbour } from "../../src/mark/neighbour.ts";
import type { MarkRequest } from "../../src/mark/request.ts";
import { afterVerify, productOf } from "../../src/settle.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";
import { verify, type VerifyRequest } from "../../src/verify/verify.ts";
import type { Guard, Plant } from "./plants.ts";

/** What became of a plant, and which policies would still propose it. */
export type Fate = {
  readonly name: string;
  readonly what: string;
  readonly meant: Guard;
  readonly seenBy: Guard;
  /** The words of who saw it. */
  readonly because: string;
  readonly proposedBy: readonly string[];
};

/** Proposes whatever is as sure as a level says, or whatever a canary vouches for. */
const policies: readonly Policy[] = [
  { match: { minAssurance: "tested" } },
  { match: { minAssurance: "tested", canaryNoticed: true } },
  { match: { minAssurance: "proven" } },
].map(({ match }, index) =>
  policySchema.parse({
    version: 1,
    name: ["tested", "tested with a canary", "proven"][index],
    rules: [{ id: "plants", match, action: "propose" }],
  }),
);

/** Lets a planted repository go through everything between the finding of candidates and the pull requests. */
export async function judgePlants(
  request: CheckoutRequest,
  wanted: readonly Plant[],
  options: Pick<VerifyRequest, "limits" | "onRun"> &
    Pick<MarkRequest, "askRoots"> & { readonly furnish?: (directory: string) => Promise<void> },
): Promise<{ readonly fates: readonly Fate[]; readonly verification: Verification }> {
  await using checkedOut = await checkOut(request);
  const { directory, files, packageNames } = checkedOut;
  await options.furnish?.(directory);
  const { heap, marking } = await markRepository({ directory, files, ...options });
  const product = productOf(marking, packageNames);
  // What is not published offers no declarations to anybody.
  const plants = wanted.filter(({ guard }) => guard !== "declarations" || product.offered.length > 0);
  const planted = plants.map(({ candidate }) => candidate);
  const texts = readEditedTexts(directory, planted);
  const candidates = inspectCandidates(planted, heap.graph, texts);
  const merge = (ids: readonly CandidateId[]) =>
    mergeEdits(
      candidates.filter(({ id }) => ids.includes(id)).flatMap(({ edits }) => edits),
      texts,
    );
  const decided = policies.map((policy) => ({ policy, decisions: decide(candidates, policy, []) }));
  const [loosest] = decided;
  const proposed = candidates.filter(({ id }) =>
    loosest?.decisions.some((one) => one.id === id && one.action === "propose"),
  );
  const verification = await verify({
    checkedOut,
    candidates: proposed,
    merge,
    batch: (ids) =>
      ids.map((id) => ({
        fingerprint: "0123abcd",
        category: "unused-export",
        scope: "src",
        candidates: [id],
        changes: merge([id]),
        size: { files: 1, linesRemoved: 1, linesAdded: 0 },
      })),
    wantedBatches: plants.length,
    product,
    breakFile: breakNeighbour,
    signal: request.signal,
    ...options,
  });
  const settled = decided.map(({ policy, decisions }) => ({
    name: policy.name,
    decisions: afterVerify({ candidates, decisions, verification, policy, checkout: {} }),
  }));
  const fates = plants.map(({ name, what, guard, candidate: { id } }): Fate => {
    const broken = candidates.find((one) => one.id === id)?.broken;
    const seen = broken === undefined ? sightOf(id, verification) : { by: "reading again" as const, because: broken };
    const proposedBy = settled.flatMap((one) =>
      one.decisions.some((decision) => decision.id === id && decision.action === "propose") ? [one.name] : [],
    );
    return { name, what, meant: guard, seenBy: seen.by, because: seen.because, proposedBy };
  });
  return { fates, verification };
}

type Sight = { readonly by: Guard; readonly because: string };

function sightOf(id: CandidateId, { culprits, checks, batches }: Verification): Sight {
  const culprit = culprits.find((one) => one.id === id);
  const kind = checks.find(({ name }) => name === culprit?.check)?.kind;
  if (culprit !== undefined)
    return { by: kind === "test" ? "tests" : "type check", because: culprit.tail.split("\n")[0] ?? "" };
  const batch = batches.find(({ candidates }) => candidates.includes(id));
  return batch === undefined ? { by: "nobody", because: "it was not verified" } : sightAfterTests(batch);
}

function sightAfterTests({ proof, canary, assurance }: VerifiedBatch): Sight {
  const because = proof?.because ?? "";
  if (proof?.bundles === "different") return { by: "bundles", because };
  if (proof?.declarations === "different") return { by: "declarations", because };
  if (canary === undefined) return { by: "nobody", because: `${assurance}, no canary was asked` };
  return canary.noticedBy === null
    ? { by: "canary", because: `nobody noticed that ${canary.name} was broken` }
    : { by: "nobody", because: `${assurance}, ${canary.noticedBy} noticed that ${canary.name} was broken` };
}
