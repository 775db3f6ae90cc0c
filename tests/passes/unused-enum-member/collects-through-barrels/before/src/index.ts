import { Tint as Colour } from "./fruit/index.ts";

console.log(Colour.Red);
