import { Press } from "./press.ts";
import { table } from "./table.ts";

const press = new Press();
const method = "squeeze";
const { strain } = press;
console.log(table, press["pour" as const], Reflect.get(press, method), strain);
