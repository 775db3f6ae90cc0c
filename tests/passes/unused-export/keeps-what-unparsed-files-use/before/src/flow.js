import { apple } from "./apple";

export const lunch = (apple: Array<string>;
