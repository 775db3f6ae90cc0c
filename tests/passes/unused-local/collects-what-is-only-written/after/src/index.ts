export function sell(fruits: string[]): void {
  let sold = 1;
  for (const fruit of fruits) {
    console.log(fruit);
    sold += fruit.length;
  }
  const reset = () => {};
  reset();
  console.log(sold);
}
