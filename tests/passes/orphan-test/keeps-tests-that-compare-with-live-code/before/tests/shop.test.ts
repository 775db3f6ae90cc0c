import { expect, test } from "vitest";
import { sell, sellSlowly } from "../src/shop.ts";

test("both agree", () => {
  expect(sellSlowly()).toBe(sell());
});
