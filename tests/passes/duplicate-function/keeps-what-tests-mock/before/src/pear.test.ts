import { sellPear } from "./pear.ts";

vi.mock("./apple.ts");

test("a pear has a price", () => {
  expect(sellPear()).toBe("2 cents");
});
