export function weigh(fruit: string): number {
  if (fruit === "apple") {
    var weight = 150;
  } else {
    weight = 100;
  }
  return weight + later();

  function later(): number {
    return 1;
  }
}
