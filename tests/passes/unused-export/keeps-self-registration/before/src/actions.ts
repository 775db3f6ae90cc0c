import { register } from "./registry.ts";

export const pickApple = register("pick", () => "picked");
export const [first] = [register("first", () => "first")];
export class Basket {
  static readonly fill = register("fill", () => "full");
}
export class Crate {
  static {
    register("crate", () => "crate");
  }
}
export const { weight = register("weigh", () => "heavy") }: { weight?: unknown } = {};
export const rows = Array.from(["a", "b"], (name) => register(name, () => name));
export class Barrel extends mix() {}

function mix() {
  register("mix", () => "mixed");
  return class {};
}
