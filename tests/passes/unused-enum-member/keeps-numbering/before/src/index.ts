import { Level, State } from "./enums.ts";

console.log(Level.High, State.Ripe);
