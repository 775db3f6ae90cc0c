export function weigh(fruit: string): number {
  return fruit.length;
}
