const kilometres: Readonly<Record<string, number>> = {
  "orchard-market": 12,
  "market-cellar": 7,
};

/** The length of a tour over several places, in kilometres. */
export function routeLength(places: readonly string[]): number {
  return places.slice(1).reduce((sum, place, index) => sum + (kilometres[`${places[index]}-${place}`] ?? 0), 0);
}
