import { apple } from "./fruits.ts";

export const dispatch = (name: string): string => `${name} ${apple}`;
dispatch("harvestPears");
