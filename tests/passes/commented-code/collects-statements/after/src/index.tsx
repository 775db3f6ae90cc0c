import { weigh } from "./weigh.js";

/** Sells fruit. */
export function sell(fruit: string): string {
  const grams = weigh(fruit);
  // Weighed twice on purpose.
  weigh(fruit);
  console.log(grams);

  return fruit;
}

export class Basket {
  size = 1;

  View(): unknown {
    return (
      <ul>
        <li>plum</li>
      </ul>
    );
  }
}
