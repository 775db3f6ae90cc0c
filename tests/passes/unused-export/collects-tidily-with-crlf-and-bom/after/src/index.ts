import { sell } from "./shop.ts";

export const sold = sell();
