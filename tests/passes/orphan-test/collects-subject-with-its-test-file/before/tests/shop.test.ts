import { expect, test } from "vitest";
import { sell } from "../src/shop.ts";
import { receipt } from "./receipt.ts";

test("sells", () => {
  expect(sell()).toBe(1);
  receipt();
});
