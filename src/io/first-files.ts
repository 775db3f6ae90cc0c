import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { NightsweepError } from "../core/errors.ts";
import { packageRoot } from "./own-package.ts";

/** What a new operator says of nights to come. */
export type Beginning = {
  readonly repositories: readonly string[];
  readonly forge: "local" | "github";
  /** The id of the GitHub App; absent where a token does. */
  readonly appId?: number;
  readonly window: string;
  readonly timeZone: string;
  /** Name of the variable with the address of an incoming webhook. */
  readonly slackWebhookEnv?: string;
  readonly policy: "conservative" | "standard" | "aggressive";
};

const configFile = "daemon.config.ts";
const policyFile = "nightsweep.policy.yaml";

/**
 * Writes a configuration and a first policy, which is a copy of a bundled one to be changed. Throws CONFIG_INVALID where
 * one of them is there already: what somebody wrote is not overwritten.
 */
export async function writeFirstFiles(folder: string, beginning: Beginning): Promise<readonly string[]> {
  const texts = [
    [configFile, renderConfig(folder, beginning)],
    [policyFile, await firstPolicy(beginning.policy)],
  ] as const;
  const there = texts.find(([file]) => existsSync(path.join(folder, file)));
  if (there !== undefined)
    throw new NightsweepError("CONFIG_INVALID", `${there[0]} is there already; change it, or move it away first`);
  for (const [file, text] of texts) await writeFile(path.join(folder, file), text, { flag: "wx" });
  return texts.map(([file]) => file);
}

/** Beside the package or a checkout of it, editors complete the fields. */
function renderConfig(folder: string, { forge, appId, ...beginning }: Beginning): string {
  const source = path.resolve(folder) === packageRoot ? "./src/config.ts" : "nightsweep";
  const isTyped = source !== "nightsweep" || existsSync(path.join(folder, "node_modules", "nightsweep"));
  const config = {
    repositories: beginning.repositories,
    forge: { kind: forge, ...(appId === undefined ? {} : { app: { id: appId } }) },
    schedule: { window: beginning.window, timeZone: beginning.timeZone },
    policy: policyFile,
    ...(beginning.slackWebhookEnv === undefined ? {} : { slack: { webhookEnv: beginning.slackWebhookEnv } }),
  };
  const text = JSON.stringify(config, null, 2).replace(/^(\s*)"(\w+)":/gm, "$1$2:");
  return isTyped
    ? `import { defineConfig } from ${JSON.stringify(source)};\n\nexport default defineConfig(${text});\n`
    : `export default ${text};\n`;
}

async function firstPolicy(name: Beginning["policy"]): Promise<string> {
  const text = await readFile(path.join(packageRoot, "policies", `${name}.yaml`), "utf8");
  // The schema lies beside the bundled one only.
  return text.replace(/^# yaml-language-server:.*\n/, "").replace(/^name: .*$/m, "name: own");
}
