/** Loaded before the command line (`--import`): notes each record that is put into its place, for whoever counts them. */
import { appendFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const list = process.env["NIGHTSWEEP_RECORD_LIST"] ?? "";
const { rename } = fs;
fs.rename = async (from, to) => {
  await rename(from, to);
  const record = /([^/]+\/[^/]+\/\w+)\.json$/.exec(String(to))?.[1];
  if (record !== undefined) appendFileSync(list, `${record}\n`);
};
syncBuiltinESMExports();
