import { expect, test } from "vitest";
import { Basket } from "../src/members.ts";

test("counts its fruit", () => {
  expect(new Basket().total()).toBe(1);
});
