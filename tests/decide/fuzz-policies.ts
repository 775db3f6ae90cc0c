/** `npm run fuzz:policies [runs]`: random layers and mutated files, many more of them than the tests have time for. */
import fc from "fast-check";
import { randomNumbers } from "../bench/random-numbers.ts";
import { findFault, isRefused, mutate, richPolicy } from "./mutated-policies.ts";
import { findWidening, triples } from "./random-policies.ts";

const runs = Number(process.argv[2] ?? 100_000);
const began = process.cpuUsage();
const seconds = () => ((process.cpuUsage(began).user + process.cpuUsage(began).system) / 1e6).toFixed(1);

const check = fc.check(
  fc.property(triples, (triple) => findWidening(triple) === null),
  { numRuns: runs, seed: 11 },
);
process.stdout.write(`${check.numRuns} triples, ${check.failed ? "A WIDENING" : "no widening"}, ${seconds()} CPU-s\n`);
if (check.failed) process.stdout.write(`${JSON.stringify(check.counterexample, null, 1)}\n`);

const random = randomNumbers(13);
const dice = (below: number) => Math.floor(random() * below);
let refused = 0;
const faults: string[] = [];
for (let round = 0; round < runs / 5; round += 1) {
  let text = richPolicy;
  for (let step = 0; step <= round % 4; step += 1) text = mutate(text, dice);
  const fault = findFault(text);
  if (fault !== null) faults.push(fault);
  refused += isRefused(text) ? 1 : 0;
}
process.stdout.write(
  `${runs / 5} mutated files, ${refused} refused with line and column, ${faults.length} faults, ${seconds()} CPU-s\n`,
);
for (const fault of faults.slice(0, 5)) process.stdout.write(`${fault}\n`);
if (check.failed || faults.length > 0) process.exitCode = 1;
