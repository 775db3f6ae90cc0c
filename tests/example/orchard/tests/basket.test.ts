import assert from "node:assert/strict";
import { test } from "node:test";
import { addToBasket, emptyBasket } from "../src/basket.ts";

test("adds to what is there", () => {
  const basket = addToBasket(addToBasket(emptyBasket, "pear", 1), "pear", 2);
  assert.deepEqual(basket, { pear: 3 });
});

test("refuses what the orchard does not sell", () => {
  assert.throws(() => addToBasket(emptyBasket, "mango", 1), /does not sell/);
});
