import { expect, test } from "vitest";
import { runDaemon, type DaemonWorld } from "../src/daemon.ts";
import { daysLater, localTime } from "../src/core/local-time.ts";
import type { DueNight } from "../src/core/night-due.ts";
import { windowAt } from "../src/core/night-window.ts";
import { configSchema } from "../src/core/config.ts";
import type { NightSchedule } from "../src/core/schedule-schema.ts";
import type { LoadedConfig } from "../src/io/config-file.ts";
import type { Logger } from "../src/io/log.ts";
import type { NightAtWork, NightEnd } from "../src/io/night-process.ts";
import { randomNumbers } from "./bench/random-numbers.ts";

const minuteMs = 60_000;
const tickMinutes = 30;
/** Nothing can be due by day, so the clock goes faster then. */
const dayTickMinutes = 150;
const nights = 400;

/** What a disk would keep over a reboot: the nights that began, with how often each began anew and ended. */
type Kept = { closes: Date; begun: number; finished: number };

type Simulation = {
  now: Date;
  readonly kept: Map<string, Kept>;
  /** The nights whose processes run. */
  readonly running: Set<RunningNight>;
  /** What must never happen, in words. */
  readonly wrong: string[];
  /** Hours of work that no window had room for yet. */
  backlog: number;
};

type RunningNight = { readonly due: DueNight; readonly end: (end: NightEnd) => void };

test.each([
  ["Europe/Berlin", "2026-01-15"],
  ["America/New_York", "2026-02-10"],
  ["Australia/Lord_Howe", "2026-03-20"],
])(
  "400 nights in %s with sleep, reboots and a freeze: each window that finds us awake has its night once, and nothing runs outside",
  async (timeZone, firstDay) => {
    const schedule: NightSchedule = {
      timeZone,
      window: "22:00-06:00",
      days: ["mon", "tue", "wed", "thu", "sat", "sun"],
      freeze: [{ from: "2026-12-24", to: "2027-01-02" }],
    };
    const simulation: Simulation = {
      now: new Date(`${firstDay}T12:00:00Z`),
      ...{ kept: new Map(), running: new Set(), wrong: [], backlog: 0 },
    };
    const awake = await liveThrough(simulation, schedule, randomNumbers(firstDay.length + timeZone.length));
    const over = [...simulation.kept].filter(([, { finished }]) => finished > 0).map(([day]) => day);
    expect(simulation.wrong).toEqual([]);
    expect([...simulation.kept.values()].filter(({ finished }) => finished > 1)).toEqual([]);
    // The last window may still be open.
    expect(over.filter((day) => day !== [...awake].at(-1))).toEqual([...awake].slice(0, -1));
    expect(over.filter((day) => (day >= "2026-12-24" && day <= "2027-01-02") || isFriday(day))).toEqual([]);
    expect(over.length).toBeGreaterThan(200);
  },
);

function isFriday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 5;
}

/** Lets the time pass, with all that happens to a machine, and gives the days in whose window it was awake. */
async function liveThrough(
  simulation: Simulation,
  schedule: NightSchedule,
  random: () => number,
): Promise<ReadonlySet<string>> {
  const awake = new Set<string>();
  const end = new Date(simulation.now.getTime() + nights * 24 * 60 * minuteMs);
  let daemon = await boot(simulation, schedule);
  while (simulation.now < end) {
    const chance = random();
    const { minutes } = localTime(simulation.now, schedule.timeZone);
    const isDay = minutes >= 7 * 60 && minutes < 19 * 60;
    pass(simulation, isDay ? dayTickMinutes : tickMinutes);
    // A lid that is closed: nothing ticks, and everything is still there afterwards.
    if (chance < 0.004) pass(simulation, tickMinutes * Math.ceil(random() * 60));
    if (chance > 0.996) {
      // The power goes: whatever ran is gone without a word.
      simulation.running.clear();
      pass(simulation, tickMinutes * Math.ceil(random() * 90));
      daemon = await boot(simulation, schedule);
    } else if (chance > 0.993) {
      await daemon.stop();
      pass(simulation, tickMinutes * Math.ceil(random() * 10));
      daemon = await boot(simulation, schedule);
    }
    await daemon.strike();
    await settled();
    const window = isDay ? null : windowAt(schedule, simulation.now);
    if (window !== null) awake.add(window.night);
    await work(simulation, schedule);
  }
  return awake;
}

function pass(simulation: Simulation, minutes: number): void {
  simulation.now = new Date(simulation.now.getTime() + minutes * minuteMs);
}

/** One tick's work of what runs, and a look whether it may. */
async function work(simulation: Simulation, { timeZone }: NightSchedule): Promise<void> {
  const { running, now, wrong } = simulation;
  if (running.size > 1) wrong.push(`${running.size} nights at work at ${now.toISOString()}`);
  for (const night of running) {
    const { date, minutes } = localTime(now, timeZone);
    const isInside =
      (date === night.due.day && minutes >= 22 * 60) || (date === daysLater(night.due.day, 1) && minutes < 6 * 60);
    if (!isInside) wrong.push(`the night ${night.due.day} worked at ${now.toISOString()}`);
    simulation.backlog -= tickMinutes / 60;
    if (simulation.backlog > 0) continue;
    night.end({ kind: "over", night: night.due.day, stopped: 0, left: 0 });
    await settled();
  }
}

/** A daemon without a memory, on what the disk has kept. */
async function boot(simulation: Simulation, schedule: NightSchedule) {
  const controller = new AbortController();
  let strike = (): Promise<void> => Promise.resolve();
  const world: DaemonWorld = {
    keepTime: (onStrike) => {
      strike = onStrike;
      return { stop: () => Promise.resolve() };
    },
    readConfig: () => Promise.resolve(configOf(schedule)),
    lastNight: () => {
      const last = [...simulation.kept].at(-1);
      return Promise.resolve(
        last === undefined ? null : { day: last[0], closes: last[1].closes, finished: last[1].finished > 0 },
      );
    },
    startNight: (due) => start(simulation, due),
    everyMinute: () => Promise.resolve(),
    tellFailure: () => Promise.resolve(),
    now: () => simulation.now,
    logger: silent,
    signal: controller.signal,
  };
  const ended = runDaemon(world);
  await settled();
  return {
    strike: () => strike(),
    stop: async () => {
      controller.abort();
      await ended;
    },
  };
}

/** A night as `runNight` behaves: it does not work after its window, and one that was over already only ends. */
function start(simulation: Simulation, due: DueNight): NightAtWork {
  const known = simulation.kept.get(due.day) ?? { closes: due.closes, begun: 0, finished: 0 };
  if (known.begun === 0) simulation.backlog = Math.max(0, simulation.backlog) + (due.day.endsWith("7") ? 13 : 3);
  simulation.kept.set(due.day, { ...known, closes: due.closes, begun: known.begun + 1 });
  const ended = Promise.withResolvers<NightEnd>();
  const night: RunningNight = {
    due,
    end: (end) => {
      // What the power has ended says nothing any more.
      if (!simulation.running.delete(night)) return;
      const kept = simulation.kept.get(due.day);
      if (kept !== undefined && end.kind === "over") kept.finished += 1;
      ended.resolve(end);
    },
  };
  simulation.running.add(night);
  const close = (): void => {
    night.end({ kind: "over", night: due.day, stopped: 0, left: 1 });
  };
  if (simulation.now >= due.closes) close();
  const leave = (): void => {
    night.end({ kind: "interrupted" });
  };
  return { leave, close, kill: close, ended: ended.promise };
}

/** Everything that waits for nothing but its turn has had it. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

function configOf(schedule: NightSchedule): LoadedConfig {
  const config = configSchema.parse({ repositories: ["orchard"], schedule });
  return { ...config, file: null, directory: "", repositories: [] };
}

const silent: Logger = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
