/** Preloaded into a night that is to die: it kills its process with SIGKILL once the record that is named is in place. */
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const { rename } = promises;
promises.rename = async (from, to) => {
  await rename(from, to);
  if (String(to).endsWith(process.env["NIGHTSWEEP_KILL_AFTER"] ?? "no such record"))
    process.kill(process.pid, "SIGKILL");
};
syncBuiltinESMExports();
