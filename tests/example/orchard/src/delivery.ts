import { routeLength } from "./route.ts";

const kilometresPerHour = 45;

/** When the van with a delivery arrives, in words. */
export function planDelivery(name: string, kilograms: number): string {
  const hours = routeLength(["orchard", "market", "cellar"]) / kilometresPerHour;
  return `${kilograms} kg of ${name} in ${hours.toFixed(1)} hours`;
}
