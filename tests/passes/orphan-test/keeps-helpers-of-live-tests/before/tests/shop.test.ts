import { beforeEach, expect, test } from "vitest";
import { resetForTests, sell } from "../src/shop.ts";

beforeEach(() => {
  resetForTests();
});

test("sells", () => {
  expect(sell()).toBe(1);
});
