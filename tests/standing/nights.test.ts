import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lifecycleResults } from "../../src/core/lifecycle.ts";
import { fates, ownPolicy, twin, type Garden } from "./fates.ts";
import { plantGarden } from "./garden.ts";

describe("three nights", () => {
  let garden: Garden;
  let first: Awaited<ReturnType<Garden["night"]>>;
  let third: typeof first;
  let branches: readonly string[];
  let second: readonly string[];
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => numbers.get(name) ?? 0;

  beforeAll(async () => {
    garden = await plantGarden(fates.map((fate) => fate.bed));
    const { github, repository, pulls } = garden;
    repository.onPush = async ({ branch, commit }) => {
      if (branch.startsWith("nightsweep/")) await github.setChecks(repository, commit, "pending");
    };
    first = await garden.night("2026-11-23");
    branches = pulls().map(({ pull }) => pull.branch);
    for (const { bed } of fates) numbers.set(bed.name, garden.numberOf(bed.name));
    for (const { bed, before } of fates) await before?.(garden, numberOf(bed.name));
    const writes = github.writes().length;
    await garden.night("2026-11-24");
    second = github.writes().slice(writes);
    await github.person(repository, "ana").push("main", ownPolicy);
    for (const { bed, happens } of fates) await happens(garden, numberOf(bed.name));
    await twin.open(garden, numberOf(twin.of));
    numbers.set("twin", pulls().at(-1)?.number ?? 0);
    third = await garden.night("2026-11-25");
  }, 600_000);
  afterAll(() => garden[Symbol.asyncDispose]());

  test("the first opens a draft for each bed", () => {
    expect(first.stdout).toContain(`${fates.length} pull requests opened`);
    expect(new Set(branches).size).toBe(fates.length);
  });

  test("the second opens nothing, and only makes ready what is green", () => {
    const green = fates.flatMap(({ before }) => (before === undefined ? [] : [before]));
    const ready = ["graphql/markPullRequestReadyForReview", "pulls/request-reviewers", "issues/add-labels"];
    expect(second).toEqual(green.flatMap(() => ready));
  });

  test.each([...fates.map((fate) => [fate.bed.name, fate] as const), ["twin", twin] as const])(
    "the third does what is said: %s",
    (name, fate) => {
      const found = third.results.get(numberOf(name));
      const done = found?.done.map((action) => action.replace(/answer-\d+/, "answer-*"));
      expect({ result: found?.result, done }).toEqual({ result: fate.result, done: fate.done });
    },
  );

  test("every named result was seen but the one that ci.test.ts shows", () => {
    const seen = new Set([...third.results.values()].map(({ result }) => result));
    expect(Object.keys(lifecycleResults).filter((name) => !seen.has(name))).toEqual(["automerge-armed"]);
  });
});
