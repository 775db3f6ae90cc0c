import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKilograms, toPounds } from "../src/weights.ts";

test("reads kilograms and pounds", () => {
  assert.equal(parseKilograms("3kg"), 3);
  assert.equal(parseKilograms("2lb").toFixed(3), "0.907");
});

test("turns kilograms into pounds", () => {
  assert.equal(toPounds(1).toFixed(3), "2.205");
});
