export function start(): string {
  return sortByWeight(["fig"]);
}
