import { fork } from "node:child_process";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

export const start = (): unknown[] => [
  new Worker(new URL("./press.ts", import.meta.url)),
  new Worker("./mill.js"),
  fork(join(import.meta.dirname, "crush.js")),
  fork(join(import.meta.dirname, "workers", "sort.js")),
  new URL("./my fruits/wash.ts", import.meta.url),
];
