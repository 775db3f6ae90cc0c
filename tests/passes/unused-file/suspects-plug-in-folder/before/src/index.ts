import { readdirSync } from "node:fs";

export async function loadAll(folder = "./plugins"): Promise<void> {
  for (const file of readdirSync(folder)) await import(`${folder}/${file}`);
}
