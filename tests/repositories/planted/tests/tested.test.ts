import { expect, test } from "vitest";
import { onlyTested } from "../src/tested.ts";

test("triples", () => {
  expect(onlyTested(2)).toBe(6);
});
