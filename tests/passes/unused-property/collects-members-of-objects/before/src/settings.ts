import { shades } from "./shades.ts";

export const settings = {
  colour: "red",
  /** Nobody paints. */
  shade: shades.dark,
  size: { width: 3 },
  last: "blue",
} as const;
