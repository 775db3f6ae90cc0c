export const apple = "apple";

const stone = "stone";

/**
 * For people outside.
 *
 * @public
 */
export const pear = "pear" + stone;

// nightsweep-keep: the shop page wires it in spring
export function plum(): string {
  return "plum";
}

export const fig = "fig"; // nightsweep-keep: wanted by the autumn sale

/* nightsweep-keep: old readers */
// eslint-disable-next-line orchard/no-dates
export const date = "date";
