import { type Apple, peel } from "./apple.ts";

export const lunch = (apple: Apple) => peel(apple);
