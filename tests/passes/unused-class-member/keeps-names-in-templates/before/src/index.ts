import { Press } from "./press.ts";
import { table } from "./table.ts";

const press = new Press();
const method = "squeeze";
console.log(table, press["pour" as const], Reflect.get(press, method), { ...{ strain: press } });
