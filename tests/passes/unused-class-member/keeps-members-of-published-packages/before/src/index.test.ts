import { basket } from "./index.ts";

test("looks into it", () => {
  expect((basket as any).peek()).toBe("");
});
