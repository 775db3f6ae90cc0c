import { till } from "./till.ts";

console.log(till);
