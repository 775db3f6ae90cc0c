import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOrder } from "../src/order.ts";
import { stockOf } from "../src/stock.ts";

test("takes the fruit from the stock", () => {
  const before = stockOf("apple");
  assert.equal(placeOrder({ apple: 2 }).cents, 440);
  assert.equal(stockOf("apple"), before - 2);
});

test("takes the discount for bulk off", () => {
  assert.equal(placeOrder({ pear: 10 }).cents, 2340);
});

test("refuses more than there is", () => {
  assert.throws(() => placeOrder({ cherry: 500 }), /not enough cherry/);
});
