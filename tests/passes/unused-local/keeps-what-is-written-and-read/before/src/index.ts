export function sell(fruits: string[]): unknown {
  let count = 0;
  let last = "";
  let next: string | undefined;
  let open = false;
  let size = 0;
  let shown = 0;
  for (const fruit of fruits) {
    count += fruit.length;
    if (fruit === "pear") last = fruit;
    else next = last;
    open ||= Boolean(console.log(fruit));
    [size] = [fruit.length];
    console.log((shown = fruit.length));
  }
  return () => count;
}
