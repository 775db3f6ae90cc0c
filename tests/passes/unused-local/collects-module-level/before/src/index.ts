import { water } from "./water.ts";

export const orchard = "orchard";

// Nobody waters any more.
function sprinkle(): string {
  return water + hose;
}

const hose = "hose";

class Bucket {
  readonly litres = 10;
}

/** The trees. */
export const trees = 12;
