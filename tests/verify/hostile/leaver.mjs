import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
const child = spawn("sh", ["-c", "while true; do sleep 1; done; leaver " + process.env.TARGETS], {
  detached: true,
  stdio: "ignore",
  env: {},
});
child.unref();
mkdirSync("locked/inner", { recursive: true });
writeFileSync("locked/inner/file", "");
chmodSync("locked/inner", 0);
chmodSync("locked", 0);
symlinkSync("/", "everything");
console.log("left " + child.pid);
