// import { wash } from "./wash.js";
import { weigh } from "./weigh.js";

/** Sells fruit. */
export function sell(fruit: string): string {
  const grams = weigh(fruit);
  // Weighed twice on purpose.
  weigh(fruit);
  // const price = grams * 2;
  // if (price > 10) {
  //   console.log("dear");
  // }
  console.log(grams);

  /*
  const rest = weigh("pear");
  return String(rest);
  */
  // Old way to do it
  // const total = weigh("plum");
  // console.log(total);
  return fruit;
}

export class Basket {
  size = 1;

  // peel(): number {
  //   return this.size;
  // }

  View(): unknown {
    return (
      <ul>
        {/* <li>apple</li>
        <li>pear</li> */}
        <li>plum</li>
      </ul>
    );
  }
}
