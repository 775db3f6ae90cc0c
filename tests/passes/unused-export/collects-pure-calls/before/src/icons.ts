import { draw } from "./draw.ts";

export const appleIcon = draw("apple");
export const pearIcon = draw("pear");
export const shared = /* @__PURE__ */ registry("shared");
export const sizes = new Map([["small", 1]]);
export const frozen = Object.freeze({ sizes });

function registry(name: string): string {
  console.log(name);
  return name;
}
