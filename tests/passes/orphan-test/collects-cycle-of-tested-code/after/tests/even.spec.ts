import assert from "node:assert/strict";
import { test } from "node:test";
import { even } from "../src/even.ts";

test("even", () => {
  assert.ok(even(2));
});
