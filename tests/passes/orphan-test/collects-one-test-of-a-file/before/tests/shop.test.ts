import { describe, expect, test } from "vitest";
import { refund, sell } from "../src/shop.ts";

test("sells", () => {
  expect(sell()).toBe(1);
});

const back = -1;

// Long gone.
describe("refunds", () => {
  test("give back", () => {
    expect(refund()).toBe(back);
  });
});
