import { seasonalFruits } from "../catalogue.ts";
import type { Season } from "../types.ts";

const seasons: readonly Season[] = ["spring", "summer", "autumn", "winter"];

/** The catalogue, one season a line. */
export function list(): string {
  return seasons
    .map((season) => `${season}: ${seasonalFruits(season).map((fruit) => fruit.name).join(", ") || "nothing"}`)
    .join("\n");
}
