import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nightId, repoKey } from "../../src/core/names.ts";
import { recordAnswer } from "../../src/io/answers.ts";
import { readLedger } from "../../src/io/ledger.ts";
import {
  beginNight,
  finishedSteps,
  finishNight,
  finishStep,
  lastScheduledNight,
  listNights,
  openStore,
  pendingRepos,
  startRepo,
} from "../../src/io/store.ts";
import { readTurn, recordTurn } from "../../src/io/turns.ts";
import { startPostgres, type PostgresServer } from "../postgres.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let server: PostgresServer | undefined;
let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
beforeAll(async () => {
  server = await startPostgres();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});
const open = () => openStore(folder?.path ?? "", server?.url);

const plum = repoKey("orchard/plum");
const night = nightId("2026-11-23");
const plan = {
  day: night,
  now: "2026-11-23T22:00:00.000Z",
  dryRun: false,
  configHash: "fig",
  closes: new Date("2026-11-24T06:00:00Z"),
  repos: [{ repo: plum, location: "../plum" }],
};

describe("the store on Postgres", () => {
  test("is made once by many that start at once, and so is a night", async () => {
    await using resources = new AsyncDisposableStack();
    const stores = (await Promise.all(Array.from({ length: 6 }, open))).map((store) => resources.use(store));
    const begun = await Promise.all(stores.map((store) => beginNight(store, plan)));
    expect(new Set(begun.map((one) => one.night))).toEqual(new Set([night]));
    expect(begun.filter(({ resumed }) => !resumed)).toHaveLength(1);
    expect((await listNights(stores[0] ?? (await open()))).map((one) => one.night)).toEqual([night]);
  });

  test("remembers what the file remembers", async () => {
    await using store = await open();
    await startRepo(store, { night, repo: plum, now: plan.now, fingerprint: "fig" });
    await finishStep(store, { night, repo: plum, stage: "mark", ms: 12, now: plan.now });
    await finishStep(store, { night, repo: plum, stage: "mark", ms: 14, now: plan.now });
    expect(await finishedSteps(store, night, plum)).toEqual({ mark: 14 });
    expect(await pendingRepos(store, night)).toEqual([plum]);
    const turn = { day: night, head: "fig", fingerprint: "date", atRest: true, ms: 14 };
    await recordTurn(store, plum, { ...turn, stopped: true });
    await recordTurn(store, plum, { ...turn, stopped: true });
    expect(await readTurn(store, plum)).toEqual({ ...turn, failures: 2 });
    const answer = {
      kind: "snooze" as const,
      about: { kind: "repository" as const },
      who: "ana",
      why: null,
      until: "2027-01-01",
      source: "slack" as const,
      at: plan.now,
      url: null,
    };
    await recordAnswer(store, plum, answer);
    expect((await readLedger(store, plum)).answers).toHaveLength(1);
    await finishNight(store, night, plan.now);
    expect(await lastScheduledNight(store)).toEqual({ day: night, closes: plan.closes, finished: true });
  });

  test("lets one at a time do what must be done once", async () => {
    await using one = await open();
    await using other = await open();
    const order: string[] = [];
    const release = Promise.withResolvers<undefined>();
    const holds = Promise.withResolvers<undefined>();
    const first = one.exclusively("harvest", async () => {
      holds.resolve(undefined);
      await release.promise;
      order.push("first");
    });
    await holds.promise;
    const second = other.exclusively("harvest", () => Promise.resolve(order.push("second")));
    await other.exclusively("another matter", () => Promise.resolve(order.push("beside")));
    release.resolve(undefined);
    await Promise.all([first, second]);
    expect(order).toEqual(["beside", "first", "second"]);
  });
});
