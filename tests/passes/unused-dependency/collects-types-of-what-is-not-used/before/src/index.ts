import { store } from "fruit-store";
import { dig } from "@garden/spade";

export const lunch = dig(store);
