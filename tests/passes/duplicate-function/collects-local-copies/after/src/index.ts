import { sellApple } from "./apple.ts";
import { sellPear } from "./pear.ts";

export const sell = () => [sellApple(), sellPear()];
