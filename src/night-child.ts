/** A night in a process of its own, started by the daemon: what is analysed here keeps no clock from ticking. */
import { toErrorRecord } from "./core/errors.ts";
import { listenToParent, type NightWord } from "./io/night-process.ts";
import { runNight } from "./night.ts";

const parent = listenToParent();
parent.tell(await work());
parent.part();

async function work(): Promise<NightWord> {
  const { config, currentDirectory, day, closes } = await parent.job;
  try {
    const { result, left } = await runNight({
      config,
      repositories: config.repositories,
      dryRun: false,
      currentDirectory,
      environment: process.env,
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
    });
    const stopped = result.repos.filter((repo) => repo.stopped !== undefined).length;
    return { kind: "over", night: result.night, stopped, left: left.length };
  } catch (error) {
    const record = toErrorRecord(error);
    return record.code === "INTERRUPTED" ? { kind: "interrupted" } : { kind: "failed", error: record };
  }
}
