import { expect, test } from "vitest";
import { apple } from "../src/plugins/apple.ts";
import { rake } from "../src/rake.ts";

test("rakes", () => {
  expect(rake()).toBe("rake");
});

test("apples", () => {
  expect(apple()).toBe("apple");
});
