import fc from "fast-check";
import { expect, test } from "vitest";
import { randomNumbers } from "../bench/random-numbers.ts";
import { findFault, isRefused, mutate, richPolicy } from "./mutated-policies.ts";
import { findWidening, triples } from "./random-policies.ts";

// `npm run fuzz:policies` does the same a hundred thousand times.
test("no layer widens another", () => {
  fc.assert(
    fc.property(triples, (triple) => {
      expect(findWidening(triple)).toBeNull();
    }),
    { numRuns: 3000, seed: 5 },
  );
});

test("whatever happens to a policy file, it is taken or refused with line and column", () => {
  const random = randomNumbers(7);
  const dice = (below: number) => Math.floor(random() * below);
  let refused = 0;
  for (let round = 0; round < 1500; round += 1) {
    let text = richPolicy;
    for (let step = 0; step <= round % 3; step += 1) text = mutate(text, dice);
    expect({ text, fault: findFault(text) }).toEqual({ text, fault: null });
    refused += isRefused(text) ? 1 : 0;
  }
  expect(refused).toBeGreaterThan(750);
});
