import { store } from "fruit-store";

export const lunch = store();
