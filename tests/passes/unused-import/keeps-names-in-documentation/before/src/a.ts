import { ripen } from "./ripen.js";

/** Comes after {@link ripen}. */
export const pick = "pick";
