import { Basket } from "fruit";

declare const FRUITS: unknown;

export const app = FRUITS;
