import { expect, test, vi } from "vitest";
import { sell } from "../src/shop.ts";

vi.mock("./prices.ts");
vi.mock(import("./taxes.ts"), async (original) => ({ ...(await original()) }));

test("sells", () => {
  expect(sell()).toBe(1);
});
