import type { ConfigInput } from "./core/config.ts";

export type { ConfigInput } from "./core/config.ts";

/** Gives `daemon.config.ts` its types: editors complete every field, and `tsc` finds a mistake before the night does. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
