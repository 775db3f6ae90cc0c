import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";

const run = promisify(execFile);
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
const installMs = 300_000;

/** How long a test file should wait for `openBrowser`: where there is no Chromium it is installed first. */
export const browserMs = 2 * installMs + 60_000;

/**
 * Starts a Chromium without a window: the one that CHROMIUM names, or one of the system. Where there is none, root installs
 * Debian's; everybody else is told what to do. Nothing is skipped.
 */
export async function openBrowser(): Promise<Browser> {
  const named = process.env["CHROMIUM"];
  const there = named ?? places.find((place) => existsSync(place)) ?? (await install());
  return chromium.launch({ executablePath: there, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

async function install(): Promise<string> {
  const advice =
    "Install Chromium (apt-get install chromium), or name one in the variable CHROMIUM: the pages are tested in it.";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(advice);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core"];
  try {
    await run("apt-get", ["update"], { timeout: installMs, env: environment, maxBuffer: 64_000_000 });
    await run("apt-get", install, { timeout: installMs, env: environment, maxBuffer: 64_000_000 });
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
  const installed = places.find((place) => existsSync(place));
  if (installed === undefined) throw new Error(advice);
  return installed;
}
