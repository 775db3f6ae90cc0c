import { Orchard } from "./orchard.ts";

console.log(new Orchard().count());
