import { pip } from "./pear.ts";

globalThis.status = `${pip}`;
