import { Units } from "./units.ts";

console.log(Units.metre);
