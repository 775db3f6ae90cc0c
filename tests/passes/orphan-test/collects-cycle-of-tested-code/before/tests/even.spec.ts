import assert from "node:assert/strict";
import { test } from "node:test";
import { even, evenSlowly, odd } from "../src/even.ts";

test("even", () => {
  assert.ok(even(2));
});

test("odd", () => {
  assert.ok(odd(3));
});

test("even slowly", () => {
  assert.ok(evenSlowly(2));
});
