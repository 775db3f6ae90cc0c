import { pick } from "./pick.ts";

export const sort = (): string => pick();
