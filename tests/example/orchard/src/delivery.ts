const kilometresPerHour = 45;

const kilometres: Readonly<Record<string, number>> = {
  "orchard-market": 12,
  "market-cellar": 7,
};

/** When the van with a delivery arrives, in words. */
export function planDelivery(name: string, kilograms: number): string {
  const hours = routeLength(["orchard", "market", "cellar"]) / kilometresPerHour;
  return `${kilograms} kg of ${name} in ${hours.toFixed(1)} hours`;
}

/** The length of a tour over several places, in kilometres. */
function routeLength(places: readonly string[]): number {
  return places.slice(1).reduce((sum, place, index) => sum + (kilometres[`${places[index]}-${place}`] ?? 0), 0);
}
