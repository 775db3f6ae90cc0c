import { expect, test } from "vitest";
import { plantOrchard } from "./plant-orchard.ts";
import { sell } from "./shop.ts";

test("sells", () => {
  expect(sell()).toBe(plantOrchard() - 2);
});
