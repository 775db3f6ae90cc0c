import { openSync, rmSync, writeSync } from "node:fs";
const block = Buffer.alloc(16 * 1024 * 1024, 1);
for (let file = 0; ; file++) {
  const handle = openSync("/tmp/fill", "w");
  rmSync("/tmp/fill");
  for (let i = 0; i < 8; i++) writeSync(handle, block);
}
