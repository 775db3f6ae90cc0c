import { planDelivery } from "./delivery.ts";

const kilogramsInStock = new Map<string, number>([
  ["apple", 120],
  ["cherry", 15],
  ["pear", 80],
  ["quince", 30],
]);

/** Kilograms that are left of a fruit. */
export function stockOf(name: string): number {
  return kilogramsInStock.get(name) ?? 0;
}

/** Takes some kilograms away; the caller has looked whether they are there. */
export function takeFromStock(name: string, kilograms: number): void {
  kilogramsInStock.set(name, stockOf(name) - kilograms);
}

/** Orders what is missing from the growers. The growers call us nowadays. */
export function restock(name: string, kilograms: number): string {
  return planDelivery(name, Math.max(0, kilograms - stockOf(name)));
}
