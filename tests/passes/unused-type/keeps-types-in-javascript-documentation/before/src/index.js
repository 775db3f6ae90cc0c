import { pear } from "./pear.js";

/**
 * @param {import("./types.ts").Apple} apple
 * @returns {string}
 */
export function eat(apple) {
  return apple.name + pear;
}
