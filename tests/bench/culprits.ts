/**
 * How many trees must be checked to find the bad ones among n candidates, in the mean of many simulated nights:
 * `npm run bench:culprits`. "Named" is our search when four of five failures name the guilty in their output.
 */
import { candidateId, type CandidateId } from "../../src/core/names.ts";
import { orderUnits } from "../../src/verify/clusters.ts";
import { search, type TryTree } from "../../src/verify/search.ts";
import { randomNumbers } from "./random-numbers.ts";

type Breaks = (ids: readonly number[]) => boolean;
type Night = { readonly count: number; readonly bad: ReadonlySet<number>; readonly random: () => number };

const nights = 400;
const sizes = [10, 50, 200] as const;
const badCounts = [0, 1, 3, 10] as const;

const contestants = {
  "one by one": oneByOne,
  "ddmin, one culprit after another": ddminEach,
  "ours, nothing named": (night: Night) => ours(night, 0),
  "ours, 80 % named": (night: Night) => ours(night, 0.8),
} as const satisfies Record<string, (night: Night) => number | Promise<number>>;

async function oneByOne({ count }: Night): Promise<number> {
  return Promise.resolve(count);
}

/** Zeller's ddmin finds a smallest failing set; it is taken out, and so on until nothing fails. */
function ddminEach({ count, bad }: Night): number {
  let runs = 0;
  const seen = new Map<string, boolean>();
  const fails: Breaks = (ids) => {
    const key = ids.join();
    const known = seen.get(key);
    if (known !== undefined) return known;
    runs++;
    const answer = ids.some((one) => bad.has(one));
    seen.set(key, answer);
    return answer;
  };
  let rest = Array.from({ length: count }, (_, index) => index);
  while (rest.length > 0 && fails(rest)) {
    const guilty = new Set(ddmin(rest, fails));
    rest = rest.filter((one) => !guilty.has(one));
  }
  return runs;
}

function ddmin(all: readonly number[], fails: Breaks): readonly number[] {
  let current = all;
  for (let parts = 2; current.length >= 2;) {
    const size = Math.ceil(current.length / parts);
    const chunks = Array.from({ length: Math.ceil(current.length / size) }, (_, at) =>
      current.slice(at * size, (at + 1) * size),
    );
    const failing = chunks.find((chunk) => fails(chunk));
    const without = chunks.map((chunk) => current.filter((one) => !chunk.includes(one)));
    const rest = failing === undefined && parts > 2 ? without.find((one) => fails(one)) : undefined;
    if (failing !== undefined) [current, parts] = [failing, 2];
    else if (rest !== undefined) [current, parts] = [rest, Math.max(parts - 1, 2)];
    else if (parts < current.length) parts = Math.min(current.length, parts * 2);
    else break;
  }
  return current;
}

async function ours({ count, bad, random }: Night, namedShare: number): Promise<number> {
  const idOf = (index: number): CandidateId => candidateId(`unused-export:p${index}`);
  const guilty = new Map([...bad].map((index) => [idOf(index), random() < namedShare] as const));
  const seen = new Map<string, Awaited<ReturnType<TryTree>>>();
  const trial: TryTree = (ids) => {
    const key = ids.toSorted().join();
    const known = seen.get(key);
    if (known !== undefined) return Promise.resolve(known);
    const present = ids.filter((one) => guilty.has(one));
    const suspects = present.filter((one) => guilty.get(one) === true);
    const answer =
      present.length === 0
        ? ({ kind: "survived" } as const)
        : ({ kind: "broke", check: "", tail: "", isSure: true, suspects } as const);
    seen.set(key, answer);
    return Promise.resolve(answer);
  };
  await search(orderUnits(Array.from({ length: count }, (_, index) => ({ id: idOf(index), requires: [] }))), trial);
  return seen.size;
}

async function mean(
  contestant: (night: Night) => number | Promise<number>,
  count: number,
  badCount: number,
): Promise<number> {
  const random = randomNumbers(count * 1000 + badCount);
  let sum = 0;
  for (let night = 0; night < nights; night++) {
    const bad = new Set<number>();
    while (bad.size < Math.min(badCount, count)) bad.add(Math.floor(random() * count));
    sum += await contestant({ count, bad, random });
  }
  return sum / nights;
}

const columns = sizes.flatMap((count) => badCounts.map((bad) => ({ count, bad })));
const header = ["", ...columns.map(({ count, bad }) => `${count}/${bad}`)];
process.stdout.write(`| ${header.join(" | ")} |\n|${header.map(() => "---").join("|")}|\n`);
for (const [name, contestant] of Object.entries(contestants)) {
  const cells: string[] = [];
  for (const { count, bad } of columns) cells.push((await mean(contestant, count, bad)).toFixed(1));
  process.stdout.write(`| ${[name, ...cells].join(" | ")} |\n`);
}
