import { total } from "./total.js";

export function sell(fruits: string[]): void {
  let count = 0;
  let last: string | undefined;
  let answer,
    sold = 1;
  for (const fruit of fruits) {
    // One more.
    count++;
    count = count + total;
    last = fruit;
    answer = console.log(fruit);
    sold += fruit.length;
  }
  const reset = () => {
    last = undefined;
  };
  reset();
  console.log(sold);
}
