import { attempt, reach, tell } from "./trier.mjs";
import { readFileSync, readdirSync } from "node:fs";
const [home, secret, port, pid, socket] = process.env.TARGETS.split("|");
attempt("home", () => readdirSync(home).length > 0);
attempt("secret file", () => readFileSync(secret));
attempt("shadow", () => readFileSync("/etc/shadow"));
attempt("npmrc", () => readFileSync(home + "/.npmrc"));
attempt("tokens", () => /TOKEN|SECRET|PASSWORD/.test(Object.keys(process.env).join()));
attempt("environment of others", () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((id) => {
      try {
        return readFileSync("/proc/" + id + "/environ", "utf8").includes("ORCHARD_TOKEN");
      } catch {
        return false;
      }
    }),
);
attempt("signals", () => process.kill(Number(pid), 0));
await reach("server of the machine", { host: "127.0.0.1", port: Number(port) });
await reach("socket of the machine", { path: socket });
await reach("metadata service", { host: "169.254.169.254", port: 80 });
await reach("the world", { host: "1.1.1.1", port: 443 });
tell();
