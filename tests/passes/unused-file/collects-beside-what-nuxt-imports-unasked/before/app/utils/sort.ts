export function sortByWeight(fruits: string[]): string {
  return fruits.join();
}
