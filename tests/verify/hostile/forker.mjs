import { spawn } from "node:child_process";
let refused = 0,
  started = 0;
for (let i = 0; i < 400; i++) {
  const child = spawn("sleep", ["30"]);
  child.on("error", () => refused++).on("spawn", () => started++);
}
setTimeout(() => {
  console.log(started < 200 && refused > 100 ? "bounded" : "started " + started);
  process.exit(0);
}, 3000);
