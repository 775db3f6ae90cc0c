import { closeSync, openSync, writeSync } from "node:fs";
const block = Buffer.alloc(16 * 1024 * 1024, 1);
for (let file = 0; ; file++) {
  const handle = openSync("fill" + file, "w");
  for (let i = 0; i < 8; i++) writeSync(handle, block);
  closeSync(handle);
}
