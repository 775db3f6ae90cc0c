import { join } from "node:path";

const fruits = ["fig"];

console.log(join(...fruits));

