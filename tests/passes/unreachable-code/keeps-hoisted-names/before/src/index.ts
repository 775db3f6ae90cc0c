export function peel(): number {
  return strip() + size();
  function strip(): number {
    return 1;
  }
  function size(): number {
    return rest;
  }
  const rest = 2;
}

export function pick(fruit: number): number {
  if (false) {
    var late = 1;
  }
  late = fruit;
  return late;
}

export function sort(fruit: number): string {
  switch (fruit) {
    case 1:
      return "apple";
      break;
    default:
      return "pear";
  }
}

export function call(run: () => boolean): void {
  if (run() && false) console.log("never");
}
