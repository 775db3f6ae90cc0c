/**
 * const apple = weigh("apple");
 */
export function weigh(fruit: string): number {
  // TODO: const rest = fruit.slice(1);
  // For example:
  // const grams = weigh("apple");
  // console.log(grams);

  // The same as:

  // weigh("apple");
  const size = fruit.length; // const size = 1;
  // => console.log(size);
  // size
  // see weigh(fruit);
  /* istanbul ignore next */
  return size;
  // a = b + c
  // { size: 1, color: "red" }
}

// const basket = fill(3);
// basket.open();
export function fill(size: number): { open: () => void } {
  // eslint-disable-next-line no-console
  return { open: () => console.log(size) };
}

//
// Copyright of nobody
// foo();
