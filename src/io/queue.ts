import { PgBoss } from "pg-boss";
import { z } from "zod";
import type { ErrorRecord } from "../core/errors.ts";
import { repoKeySchema, nightIdSchema } from "../core/record-schema.ts";

/** One repository of a night, as workers take it. */
const jobSchema = z.object({ night: nightIdSchema, repo: repoKeySchema });
export type RepositoryJob = Readonly<z.output<typeof jobSchema>>;

/** The repositories of a night that wait for a worker, on the server of the store. */
export type RepositoryQueue = AsyncDisposable & {
  /** One that waits or is at work already is not added again. */
  readonly enqueue: (job: RepositoryJob, how: { readonly group: string; readonly isUrgent: boolean }) => Promise<void>;
  /** Takes jobs until `rest`; a job whose work throws is given to whoever comes next. */
  readonly work: (
    limits: { readonly atOnce: number; readonly perGroup: number },
    sweep: (job: RepositoryJob, signal: AbortSignal) => Promise<void>,
  ) => Promise<void>;
  /** Is told of jobs that failed on every worker that tried. */
  readonly giveUp: (note: (job: RepositoryJob) => Promise<void>) => Promise<void>;
};

const queueName = "repository";
const deadName = "repository-dead";
/** A worker that is not heard of for so long has lost its repository. */
const heartbeatSeconds = 10;
const looksEverySeconds = 2;
const retries = 4;
const longestHours = 12;
/** What a worker may still finish when it is asked to stop. */
const patienceMs = 10 * 60_000;

/** Connects to the queue, which is made by the first that comes. `tell` hears of faults that mend themselves. */
export async function openQueue(url: string, tell: (error: Error) => void): Promise<RepositoryQueue> {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    schedule: false,
    superviseIntervalSeconds: looksEverySeconds,
    monitorIntervalSeconds: looksEverySeconds,
  });
  boss.on("error", tell);
  await boss.start();
  await boss.createQueue(deadName, { policy: "exclusive" });
  await boss.createQueue(queueName, {
    ...{ policy: "exclusive", retryLimit: retries, retryDelay: 1, heartbeatSeconds, deadLetter: deadName },
    expireInSeconds: longestHours * 3600,
  });
  return {
    enqueue: async (job, { group, isUrgent }) => {
      const singletonKey = `${job.night}:${job.repo}`;
      await boss.send(queueName, job, { singletonKey, group: { id: group }, priority: isUrgent ? 1 : 0 });
    },
    work: async ({ atOnce, perGroup }, sweep) => {
      const pace = { pollingIntervalSeconds: looksEverySeconds, localConcurrency: atOnce, groupConcurrency: perGroup };
      await boss.work(queueName, pace, async ([job]) => {
        if (job !== undefined) await sweep(jobSchema.parse(job.data), job.signal);
      });
    },
    giveUp: async (note) => {
      await boss.work(deadName, { pollingIntervalSeconds: looksEverySeconds }, async ([job]) => {
        if (job !== undefined) await note(jobSchema.parse(job.data));
      });
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: true, timeout: patienceMs }),
  };
}

/** What is said of a repository that no worker could end. */
export const abandoned: ErrorRecord = {
  code: "UNEXPECTED",
  message: `its process ended without a result on ${retries + 1} attempts`,
  advice: "Look into the logs of the workers; memory is what ends a process like that most often.",
};
