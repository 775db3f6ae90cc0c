import "./setup.ts";
import { expect, test } from "vitest";
import { sell } from "../src/shop.ts";

test("sells", () => {
  expect(sell()).toBe(1);
});
