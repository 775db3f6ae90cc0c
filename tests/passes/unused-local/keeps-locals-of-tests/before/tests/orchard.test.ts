import { test } from "vitest";
import { orchard } from "../src/index.ts";

const unusedHere = orchard;

test("types", () => {
  const typed: string = orchard;
});
