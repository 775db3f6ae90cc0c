import type { FruitLabel } from "./pear.ts";

const apple: FruitLabel<"apple"> = { kind: "apple", weigh: () => "apple" };

export const sellApple = () => apple.kind;
