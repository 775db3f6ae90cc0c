import { Code, type Kind } from "./enums.ts";

export type Fruit = { readonly kind: Kind };
export const fruit: Fruit = JSON.parse("{}");
console.log(Code.Ok, Code.Gone);
