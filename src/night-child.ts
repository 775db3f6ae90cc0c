/** A night in a process of its own, started by the daemon: what is analysed here keeps no clock from ticking. */
import { toErrorRecord } from "./core/errors.ts";
import { sweepPart, type Part } from "./fleet-night.ts";
import { listenToParent, type NightJob, type NightWord } from "./io/night-process.ts";
import { runNight } from "./night.ts";
import type { NightRequest } from "./night-plan.ts";

const parent = listenToParent();
parent.tell(await work());
parent.part();

async function work(): Promise<NightWord> {
  const job = await parent.job;
  try {
    return job.part === undefined ? await wholeNight(requestOf(job)) : await oneRepository(requestOf(job), job.part);
  } catch (error) {
    const record = toErrorRecord(error);
    return record.code === "INTERRUPTED" ? { kind: "interrupted" } : { kind: "failed", error: record };
  }
}

async function wholeNight(request: NightRequest): Promise<NightWord> {
  const { result, left } = await runNight(request);
  const stopped = result.repos.filter((repo) => repo.stopped !== undefined).length;
  return { kind: "over", night: result.night, stopped, left: left.length };
}

async function oneRepository(request: NightRequest, part: Part): Promise<NightWord> {
  const end = await sweepPart(request, part);
  return { kind: "over", night: part.night, stopped: end === "stopped" ? 1 : 0, left: end === "left" ? 1 : 0 };
}

function requestOf({ config, currentDirectory, day, closes }: NightJob): NightRequest {
  return {
    ...{ config, repositories: config.repositories, dryRun: false, currentDirectory, environment: process.env },
    signal: parent.orphaned,
    now: () => new Date(),
    terminal: {
      print: () => undefined,
      complain: (text) => {
        parent.tell({ kind: "complaint", text });
      },
      progress: (now) => {
        if (now !== null) parent.tell({ kind: "stage", repository: now.repo, stage: now.stage });
      },
    },
    window: { day, closes: new Date(closes), leave: parent.leave, closing: parent.closing },
  };
}
