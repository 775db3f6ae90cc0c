import { Orchard, Garden } from "./places.ts";

export const lunch = [Orchard.Apples.red, Garden.Pears.green];
