import { Fruit, Nut, Stone } from "./enums.ts";

export const names = Object.values(Fruit);
export const nut = (key: keyof typeof Nut) => Nut[key];
export const stone = { ...Stone };
