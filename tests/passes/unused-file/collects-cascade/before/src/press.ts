import { juice } from "./juice.ts";
import { crush, wash } from "./tools.ts";

export const press = (): string => crush(juice) + wash();
