import { Apple } from "./apple.ts";
import type { Pear } from "./pear.ts";

declare global {
  interface Window {
    readonly apple: Apple;
  }
  var pear: Pear;
}

declare module "orchard" {
  export { Apple };
  export { plum } from "./plum.ts";
}
