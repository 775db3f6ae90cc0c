import type { Apple } from "../src/index.ts";

type Pear = "pear";
export const check = (apple: Apple): Apple => apple;
function pears(pear: Pear): void {
  void pear;
}
