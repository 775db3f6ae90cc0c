import { lstat, readdir, statfs } from "node:fs/promises";
import { join } from "node:path";
import { NightsweepError } from "../core/errors.ts";
import { surplusOf, type Stored } from "../core/retention.ts";
import type { LoadedConfig } from "./config-file.ts";
import { removeDirectory, workFolder } from "./files.ts";
import { recordedNights } from "./records.ts";

/** Folders of the state whose entries can be made again, each by itself. Pull requests of the local forge cannot. */
const caches = ["mirrors", "memory", "toolchain", "backtest", join("cache", "of"), join("cache", "own")];
const bytesPerMegabyte = 1_000_000;

type Place = Pick<LoadedConfig, "stateDirectory" | "reportsDirectory" | "retention">;

/** What lies on the disk and can be made again, and how old and large it may become. */
export type Holdings = { readonly caches: readonly Stored[]; readonly nights: readonly Stored[] };

/** Measures what can be made again. */
export async function measureHoldings({ stateDirectory, reportsDirectory }: Place): Promise<Holdings> {
  const stored: Stored[] = [];
  for (const cache of caches) {
    const folder = join(stateDirectory, cache);
    for (const name of await readdir(folder).catch(() => [])) stored.push(await measure(join(folder, name)));
  }
  const nights: Stored[] = [];
  for (const night of await recordedNights(reportsDirectory)) {
    const one = await measure(join(reportsDirectory, night));
    nights.push({ ...one, lastUsed: new Date(`${night.slice(0, 10)}T00:00:00Z`) });
  }
  return { caches: stored, nights };
}

/** Removes what is too old or too much, and gives the paths of what went. Only called while no night is at work. */
export async function keepWithinLimits(place: Place, now: Date): Promise<readonly string[]> {
  const { reportDays, reportMegabytes, cacheDays, cacheMegabytes } = place.retention;
  const holdings = await measureHoldings(place);
  const surplus = [
    ...surplusOf(holdings.caches, { days: cacheDays, megabytes: cacheMegabytes, now }),
    ...surplusOf(holdings.nights, { days: reportDays, megabytes: reportMegabytes, now }),
  ];
  for (const { path } of surplus) await removeDirectory(path);
  return surplus.map(({ path }) => path);
}

/** How much is free on the fullest disk that a night writes to. */
export async function freeMegabytes({ stateDirectory, reportsDirectory }: Place): Promise<number> {
  const disks = await Promise.all([stateDirectory, reportsDirectory, workFolder()].map(freeOn));
  return Math.min(...disks);
}

/** Throws DISK_FULL: a night stops before the machine does. */
export async function assertRoom(place: Place): Promise<void> {
  const free = await freeMegabytes(place);
  const { freeMegabytes: least } = place.retention;
  if (free < least)
    throw new NightsweepError("DISK_FULL", `${Math.floor(free)} MB are free, and ${least} are kept free`);
}

/** A folder that is not there yet will be made where its parent is. */
async function freeOn(folder: string): Promise<number> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? Infinity : (disk.bavail * disk.bsize) / bytesPerMegabyte;
}

/** What a folder takes on the disk, and when anything in it was last written. Hard links count at each place. */
async function measure(path: string): Promise<Stored> {
  const pending = [path];
  let bytes = 0;
  let lastUsedMs = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    // Runs may end while we look.
    const stat = await lstat(next).catch(() => null);
    if (stat === null) continue;
    bytes += stat.blocks * 512;
    lastUsedMs = Math.max(lastUsedMs, stat.mtimeMs);
    if (!stat.isDirectory()) continue;
    for (const name of await readdir(next).catch(() => [])) pending.push(join(next, name));
  }
  return { path, megabytes: bytes / bytesPerMegabyte, lastUsed: new Date(lastUsedMs) };
}
