import { expect, test } from "vitest";
import { refund } from "../src/shop.ts";
import { receipt } from "./receipt.ts";

const expected = -1;

test("refunds", () => {
  expect(refund()).toBe(expected);
  receipt();
});
