export { apple, bruised as bruisedApple } from "./apple.ts";
export { pear } from "./pear.ts";
