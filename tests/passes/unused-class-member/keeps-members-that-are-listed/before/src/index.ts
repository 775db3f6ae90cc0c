import { Rules } from "./rules.ts";

const rules = new Rules();
rules.report();
for (const name of Object.getOwnPropertyNames(Rules.prototype)) if (name.endsWith("Rule")) console.log(name);
