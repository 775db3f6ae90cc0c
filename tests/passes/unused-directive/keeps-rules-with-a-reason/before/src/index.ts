/* eslint-disable @typescript-eslint/no-non-null-assertion, some-plugin/some-rule */
/* eslint-disable no-console */

// eslint-disable-next-line @typescript-eslint/no-this-alias
export function peel(this: { size: number }): number {
  console.log("peel");
  // eslint-disable-next-line no-bitwise
  let rest = this.size | 0;
  rest++; // eslint-disable-line no-plusplus
  const basket = [rest].map(
    // eslint-disable-next-line no-nested-ternary
    (size) =>
      size > 2 ? "large" : size > 1 ? "medium" : "small",
  );
  return basket[0]!.length;
}

/* eslint-enable no-console */
// eslint-disable-next-line no-console
console.log(
  // eslint-disable-next-line max-len
  "apple",
);

outer: for (const size of [1, 2]) {
  for (const other of [3, 4]) {
    // eslint-disable-next-line no-labels
    if (size > other) continue outer;
  }
}
