import { Fruit } from "./enums.ts";

export const lunch = Fruit.Apple;
