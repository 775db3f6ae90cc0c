import { apple } from "./apple.ts";

console.log(apple);
