import { readdirSync } from "node:fs";
import { join } from "node:path";
import { apple } from "./crates/apple.ts";

export const lunch = apple;

export async function load(): Promise<void> {
  const folder = join(import.meta.dirname, "crates");
  for (const file of readdirSync(folder)) await import(join(folder, file));
}
