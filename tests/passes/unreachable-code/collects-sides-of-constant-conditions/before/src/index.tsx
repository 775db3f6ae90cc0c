import { wash } from "./wash.js";

const sizes = { apple: 1, pear: 2 };

export function count(fruit: keyof typeof sizes): number {
  // Not for now.
  if (false) {
    wash(fruit);
  }
  if (true) {
    console.log(fruit);
  } else {
    console.log("no fruit");
  }
  while (false) {
    wash("plum");
  }
  const table = sizes || { apple: 0 };
  return true ? table[fruit] : 0;
}

export function Basket(props: { open: boolean }): unknown {
  return (
    <ul>
      {false && <li>hidden</li>}
      {null ? (
        <li>old</li>
      ) : (
        <li title="a
b">new</li>
      )}
      {props.open && <li>open</li>}
    </ul>
  );
}
