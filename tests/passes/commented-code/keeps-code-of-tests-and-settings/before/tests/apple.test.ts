import { apple } from "../src/index.js";

test("apple", () => {
  // const pear = 2;
  // expect(pear).toBe(2);
  expect(apple).toBe(1);
});
