import { appendFileSync, readFileSync } from "node:fs";
appendFileSync("node_modules/.package-lock.json", " ");
appendFileSync("node_modules/planted", "plum ");
console.log(readFileSync("node_modules/planted", "utf8").trim());
