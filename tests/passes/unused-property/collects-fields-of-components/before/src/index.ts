import { Card } from "./card.ts";

console.log(Card);
