import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candidateId, type CandidateId } from "../../src/core/names.ts";
import { orderUnits, type Linked } from "../../src/verify/clusters.ts";
import { search, type Trial } from "../../src/verify/search.ts";

const id = (name: string | number): CandidateId => candidateId(`unused-export:${name}`);

/** An orchard: every candidate with what it requires. */
function orchard(links: Readonly<Record<string, readonly string[]>>): readonly Linked[] {
  return Object.entries(links).map(([name, requires]) => ({ id: id(name), requires: requires.map(id) }));
}

type Experiment = { readonly trial: (ids: readonly CandidateId[]) => Promise<Trial>; readonly runs: () => number };

/** Checks that break as soon as one of the bad candidates is in, or one without what it requires. */
function experiment(candidates: readonly Linked[], bad: readonly string[], named: readonly string[] = []): Experiment {
  const tested = new Map<string, boolean>();
  const known = new Set(candidates.map((one) => one.id));
  return {
    runs: () => tested.size,
    trial: (ids) => {
      const present = new Set(ids);
      const whole = candidates
        .filter((one) => present.has(one.id))
        .every(({ requires }) => requires.every((other) => present.has(other) || !known.has(other)));
      const survived = whole && !bad.some((name) => present.has(id(name)));
      tested.set([...ids].toSorted().join(), survived);
      if (survived) return Promise.resolve({ kind: "survived" });
      const suspects = named.map(id).filter((one) => present.has(one));
      return Promise.resolve({ kind: "broke", check: "npm run test", tail: "plum", isSure: true, suspects });
    },
  };
}

describe("orderUnits", () => {
  it("puts what is required first and keeps clusters together", () => {
    const candidates = orchard({ leaf: ["twig"], pear: [], twig: ["stem"], stem: [], plum: [] });
    const ordered = orderUnits(candidates).map(({ ids, cluster }) => [ids, cluster] as const);
    expect(ordered).toEqual([
      [[id("stem")], 0],
      [[id("twig")], 0],
      [[id("leaf")], 0],
      [[id("pear")], 1],
      [[id("plum")], 4],
    ]);
  });

  it("keeps a circle in one piece and leaves out what is not a candidate", () => {
    const units = orderUnits(orchard({ egg: ["hen"], hen: ["egg", "gone"], nest: ["egg"] }));
    expect(units.map(({ ids }) => ids.length)).toEqual([2, 1]);
    expect([...(units[1]?.requires ?? [])].toSorted()).toEqual([id("egg"), id("hen")]);
  });
});

describe("search", () => {
  const many = orchard(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`p${index}`, []])));

  it.each([
    ["none is bad", [], [], 1],
    ["one of 200 is bad", ["p77"], [], 17],
    ["one is bad and the output names it", ["p77"], ["p77"], 2],
    [
      "three are bad and the output names them with one that is not",
      ["p7", "p77", "p177"],
      ["p7", "p77", "p177", "p9"],
      6,
    ],
  ])("needs few runs when %s", async (_what, bad, named, most) => {
    const { trial, runs } = experiment(many, bad, named);
    const found = await search(orderUnits(many), trial);
    expect(found.culprits).toEqual(bad.map((name) => ({ id: id(name), check: "npm run test", tail: "plum" })));
    expect(found.accepted).toHaveLength(200 - bad.length);
    expect(runs()).toBeLessThanOrEqual(most);
  });

  it("leaves out what requires a culprit, and says so", async () => {
    const candidates = orchard({ stem: [], twig: ["stem"], leaf: ["twig"], pear: [] });
    const { trial } = experiment(candidates, ["stem"]);
    const found = await search(orderUnits(candidates), trial);
    expect(found.accepted).toEqual([id("pear")]);
    expect(found.culprits.map((one) => one.id)).toEqual([id("stem")]);
    expect(found.untested).toEqual([
      { id: id("twig"), limit: `requires ${id("stem")}` },
      { id: id("leaf"), limit: `requires ${id("twig")}` },
    ]);
  });

  it("accepts nothing that was not tested when a limit is reached", async () => {
    const { trial, runs } = experiment(many, ["p0", "p50", "p150"]);
    const limited = (ids: readonly CandidateId[]): Promise<Trial> =>
      runs() >= 6 ? Promise.resolve({ kind: "limit", limit: "limits.verifyRuns" }) : trial(ids);
    const found = await search(orderUnits(many), limited);
    expect(found.untested.every(({ limit }) => limit === "limits.verifyRuns")).toBe(true);
    expect(found.untested.length + found.accepted.length + found.culprits.length).toBe(200);
    expect(found.untested.length).toBeGreaterThan(0);
    expect(await trial(found.accepted)).toEqual({ kind: "survived" });
  });

  it("finds exactly the bad ones and what requires them, whatever the output accuses", async () => {
    const size = fc.integer({ min: 1, max: 12 });
    const setting = size.chain((count) => {
      const some = fc.subarray(Array.from({ length: count }, (_, index) => `p${index}`));
      const links = fc.array(fc.array(fc.nat(count - 1), { maxLength: 2 }), { minLength: count, maxLength: count });
      return fc.record({ links, bad: some, named: some });
    });
    await fc.assert(
      fc.asyncProperty(setting, async ({ links, bad, named }) => {
        const candidates = links.map((requires, index) => ({
          id: id(`p${index}`),
          requires: requires.filter((other) => other < index).map((other) => id(`p${other}`)),
        }));
        const { trial } = experiment(candidates, bad, named);
        const found = await search(orderUnits(candidates), trial);
        const lost = new Set(bad.map(id));
        for (const one of candidates) if (one.requires.some((other) => lost.has(other))) lost.add(one.id);
        expect([...found.accepted].toSorted()).toEqual(
          candidates.flatMap((one) => (lost.has(one.id) ? [] : [one.id])).toSorted(),
        );
        expect(found.culprits.every((one) => bad.map(id).includes(one.id))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
