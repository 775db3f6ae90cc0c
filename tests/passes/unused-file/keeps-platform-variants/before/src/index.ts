import { pick } from "./pick";

export const picked = pick();
