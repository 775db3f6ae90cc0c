import { expect, test } from "vitest";
import { open } from "./browser.ts";

test("the page opens", async () => {
  expect(await open("https://orchard.example")).toBe(200);
});
