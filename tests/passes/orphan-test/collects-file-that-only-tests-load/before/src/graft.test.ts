import { expect, it } from "vitest";
import graft from "./graft.ts";

it("cuts", () => {
  expect(graft()).toBe("knife");
});
