import { existsSync } from "node:fs";
import path from "node:path";
import { errorCatalogue, toErrorRecord } from "../core/errors.ts";
import { localTime } from "../core/local-time.ts";
import { nextWindow, windowAt } from "../core/night-window.ts";
import type { Stored } from "../core/retention.ts";
import type { LoadedConfig } from "./config-file.ts";
import type { Finding } from "./doctor.ts";
import { freeMegabytes, measureHoldings } from "./retention.ts";
import { listNights, openStore } from "./store.ts";

/** No clock that is kept is earlier than the release of this version. */
const releasedAfter = new Date("2026-11-01T00:00:00Z");

/** The clock, and when the next night is by it. */
export function examineSchedule({ schedule }: LoadedConfig, now: Date): readonly Finding[] {
  const { timeZone } = schedule;
  const { date, clock } = localTime(now, timeZone);
  const time: Finding = { ok: now > releasedAfter, subject: "clock", finding: `${date} ${clock} in ${timeZone}` };
  const open = windowAt(schedule, now);
  const next = open ?? nextWindow(schedule, now);
  const subject = "schedule";
  return [
    time.ok ? time : { ...time, remedy: "Set the clock of the machine: ages of code and windows are reckoned by it." },
    next === null
      ? { ok: false, subject, finding: "no night ever comes", remedy: "Take days or freezes out of the schedule." }
      : {
          ok: true,
          subject,
          finding: `${open === null ? "the next night begins" : "a night is open since"} ${timeOf(next.opens, timeZone)}, and ends ${timeOf(next.closes, timeZone)}`,
        },
  ];
}

function timeOf(moment: Date, timeZone: string): string {
  const { date, clock } = localTime(moment, timeZone);
  return `${date} ${clock}`;
}

/** The store of earlier nights; one that is not there yet is made by the first. */
export async function examineStore({ stateDirectory, databaseUrl }: LoadedConfig): Promise<Finding> {
  const subject = "store";
  if (databaseUrl === undefined && !existsSync(path.join(stateDirectory, "nightsweep.sqlite")))
    return { ok: true, subject, finding: "none yet: the first night makes it" };
  try {
    await using store = await openStore(stateDirectory, databaseUrl);
    const [latest] = await listNights(store);
    const last = latest === undefined ? "no night yet" : `the last night was ${latest.night}`;
    const isOver = latest === undefined || latest.finishedAt !== null;
    return { ok: true, subject, finding: isOver ? last : `${last}, which is not over` };
  } catch (error) {
    const { message, advice } = toErrorRecord(error);
    return { ok: false, subject, finding: message, remedy: advice };
  }
}

/** What is free on the disks, and what of the limits is used up. */
export async function examineDisk(config: LoadedConfig): Promise<readonly Finding[]> {
  const { retention } = config;
  const free = await freeMegabytes(config);
  const { caches, nights } = await measureHoldings(config);
  const enough = free >= retention.freeMegabytes;
  const room = `${sizeOf(free)} free; a night ends below ${sizeOf(retention.freeMegabytes)}`;
  return [
    enough
      ? { ok: true, subject: "disk", finding: room }
      : { ok: false, subject: "disk", finding: room, remedy: errorCatalogue.DISK_FULL.advice },
    held("caches", caches, { megabytes: retention.cacheMegabytes, days: retention.cacheDays }),
    held("nights", nights, { megabytes: retention.reportMegabytes, days: retention.reportDays }),
  ];
}

function held(
  subject: string,
  stored: readonly Stored[],
  { megabytes, days }: { readonly megabytes: number; readonly days: number },
): Finding {
  const all = stored.reduce((sum, one) => sum + one.megabytes, 0);
  return {
    ok: true,
    subject,
    finding: `${stored.length} of them with ${sizeOf(all)}; kept for ${days} days and up to ${sizeOf(megabytes)}`,
  };
}

function sizeOf(megabytes: number): string {
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`;
}
