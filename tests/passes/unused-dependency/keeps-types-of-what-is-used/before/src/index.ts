import { store } from "fruit-store";
import { spade } from "@garden/spade/deep";

export const lunch = [store, spade];
