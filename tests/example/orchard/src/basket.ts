import { findFruit } from "./catalogue.ts";
import type { HarvestPlan } from "./types.ts";

/** Kilograms by the name of the fruit. */
export type Basket = Readonly<Record<string, number>>;

/** Where every order begins. */
export const emptyBasket: Basket = {};

/** A basket with more of one fruit in it. Throws on a fruit that the orchard does not sell. */
export function addToBasket(basket: Basket, name: string, kilograms: number): Basket {
  if (findFruit(name) === undefined) throw new Error(`The orchard does not sell "${name}".`);
  return { ...basket, [name]: (basket[name] ?? 0) + kilograms };
}

/** One basket out of two, for customers who forgot that they already had one. */
export function mergeBaskets(first: Basket, second: Basket): Basket {
  return Object.entries(second).reduce((basket, [name, kilograms]) => addToBasket(basket, name, kilograms), first);
}
