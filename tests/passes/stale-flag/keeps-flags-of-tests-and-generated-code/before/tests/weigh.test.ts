import { weigh } from "../src/index.js";

const SLOW = false;

test("weigh", () => {
  if (SLOW) console.log("slow");
  expect(weigh()).toBe(2);
});
