import { readdirSync, readFileSync } from "node:fs";
import { lstat, opendir, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Confinement, ResourceLimits } from "./sandbox.ts";

/** The limit that a run went over. */
export type Excess = "limits.memoryMegabytes" | "limits.diskMegabytes" | "limits.idleMinutes";

const everyMs = 250;
const megabyte = 1024 * 1024;

/**
 * Adds up what a run and everything that it started use, four times a second, until it is disposed of; calls back once
 * when that is more than it may. It reads /proc; on systems without it only the disk is watched. A run may go over a
 * limit by what it can take in the time between two looks.
 */
export function watchUse(
  run: {
    readonly leader: number | undefined;
    readonly folder: string;
    /** Marks its processes where they are no descendants of ours. */
    readonly marker: string;
    readonly confinement: Confinement | undefined;
    /** Bytes that it has printed so far. */
    readonly printed: () => number;
  },
  onExcess: (excess: Excess) => void,
): Disposable {
  const { leader, folder, marker, confinement } = run;
  if (leader === undefined || confinement === undefined) return { [Symbol.dispose]: () => undefined };
  const { limits, writable } = confinement;
  const disk = watchDisk([folder, ...writable], limits);
  const idle = watchIdleness(limits, run.printed);
  let ended = false;
  const next = async (): Promise<void> => {
    const family = familyOf(leader, confinement.sandbox.kind === "container" ? marker : null);
    const memory = family.reduce((sum, { id }) => sum + privateBytes(id), 0);
    const excess =
      memory > limits.memoryMegabytes * megabyte
        ? "limits.memoryMegabytes"
        : ((await disk()) ?? idle(family.some(({ isWorking }) => isWorking)));
    if (ended) return;
    if (excess === null) timer = setTimeout(() => void next(), everyMs);
    else onExcess(excess);
  };
  let timer = setTimeout(() => void next(), everyMs);
  return {
    [Symbol.dispose]: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Measuring folders is slow, so the free space of their disk is watched, and only when it shrinks by the whole budget are
 * the files counted that were written since. What was deleted while it is still open cannot be found that way: twice the
 * budget is too much whoever wrote it.
 */
function watchDisk(folders: readonly string[], limits: ResourceLimits): () => Promise<Excess | null> {
  const since = Date.now();
  const budget = limits.diskMegabytes * megabyte;
  const before = freeBytes(folders);
  return async () => {
    const gone = (await before) - (await freeBytes(folders));
    if (gone < budget) return null;
    const written = gone > 2 * budget ? gone : await writtenSince(folders, since, budget);
    return written > budget ? "limits.diskMegabytes" : null;
  };
}

/** Free bytes of the fullest disk that one of the folders is on. */
async function freeBytes(folders: readonly string[]): Promise<number> {
  const disks = await Promise.all(folders.map((folder) => statfs(folder).catch(() => null)));
  return Math.min(...disks.map((disk) => (disk === null ? Infinity : disk.bavail * disk.bsize)));
}

async function writtenSince(folders: readonly string[], since: number, enough: number): Promise<number> {
  let bytes = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined && bytes <= enough; folder = waiting.pop()) {
    // Files come and go while they are counted.
    const entries = await opendir(folder).catch(() => null);
    if (entries === null) continue;
    for await (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      const stat = await lstat(path).catch(() => null);
      if (stat !== null && stat.ctimeMs >= since) bytes += stat.blocks * 512;
    }
  }
  return bytes;
}

/** Who waits for a server or a timer is found working in a few looks only; who is kept from a processor is not idle. */
const workingShare = 0.05;

/** Says that a run waits in vain when, for as long as it may, it printed nothing and was hardly ever found working. */
function watchIdleness(
  { idleMinutes }: ResourceLimits,
  printed: () => number,
): (isWorking: boolean) => "limits.idleMinutes" | null {
  const begin = () => ({ at: performance.now(), printed: printed(), looks: 0, working: 0 });
  let window = begin();
  return (isWorking) => {
    window.looks++;
    if (isWorking) window.working++;
    if (idleMinutes === undefined || performance.now() - window.at < idleMinutes * 60_000) return null;
    const isIdle = printed() === window.printed && window.working < window.looks * workingShare;
    window = begin();
    return isIdle ? "limits.idleMinutes" : null;
  };
}

type Member = { readonly id: number; readonly parent: number; readonly isWorking: boolean };

/** A process and its descendants; what is in a container descends from its engine, and is known by its marker. */
function familyOf(leader: number, marker: string | null): readonly Member[] {
  const all = processIds().map(readMember);
  const marked = marker === null ? [] : all.filter(({ id }) => readAtOnce(`/proc/${id}/environ`).includes(marker));
  const family = new Set([leader, ...marked.map(({ id }) => id)]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const { id, parent } of all) if (family.has(parent)) family.add(id);
  }
  return all.filter(({ id }) => family.has(id));
}

/** It works when it runs, waits for a processor, or for a disk. */
function readMember(id: number): Member {
  const stat = readAtOnce(`/proc/${id}/stat`);
  const [state = "", parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { id, parent: Number(parent), isWorking: state === "R" || state === "D" };
}

function privateBytes(id: number): number {
  const [, resident = 0, shared = 0] = readAtOnce(`/proc/${id}/statm`).split(" ").map(Number);
  return (resident - shared) * pageBytes;
}

function processIds(): readonly number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    // There is no /proc on this system.
    return [];
  }
}

/** These files are made when they are read, out of memory: waiting for them costs eight times what reading them does. */
function readAtOnce(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Processes come and go while they are looked at.
    return "";
  }
}

/** What Linux uses on nearly every machine; where pages are larger, more is allowed than the limit says. */
const pageBytes = 4096;
