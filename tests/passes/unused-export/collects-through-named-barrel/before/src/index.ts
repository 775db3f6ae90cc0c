import { apple } from "./fruits/index.ts";

export const lunch = apple();
