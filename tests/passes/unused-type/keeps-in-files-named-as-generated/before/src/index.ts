export type { Apple } from "./generated-types.ts";
export type { Pear } from "./pear.generated.ts";
