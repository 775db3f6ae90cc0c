import { rules } from "./rules.ts";

for (const rule of rules) console.log(rule.evaluate(3));
