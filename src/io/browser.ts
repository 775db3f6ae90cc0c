import { spawn } from "node:child_process";
import { once } from "node:events";
import { NightsweepError } from "../core/errors.ts";

/** The program of each system that shows a file to a person. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/**
 * Shows a page in the person's browser and does not wait for it. BROWSER names another program. Throws
 * COMMAND_UNAVAILABLE where there is none.
 */
export async function openInBrowser(
  page: string,
  { platform, browser }: { readonly platform: NodeJS.Platform; readonly browser: string | undefined },
): Promise<void> {
  const [program, ...words] =
    browser === undefined || browser === "" ? (openers[platform] ?? (["xdg-open"] as const)) : ([browser] as const);
  const child = spawn(program, [...words, page], { stdio: "ignore", detached: true });
  try {
    await once(child, "spawn");
  } catch (error) {
    throw new NightsweepError("COMMAND_UNAVAILABLE", `${program}; open ${page} yourself`, { cause: error });
  }
  child.unref();
}
