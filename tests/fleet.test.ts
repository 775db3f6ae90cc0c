import { once } from "node:events";
import { expect, test } from "vitest";
import { endOfNight, plantOrchards, startCable, startWorker } from "./fleet.ts";
import { temporaryFolder } from "./io/temporary-folder.ts";
import { startPostgres } from "./postgres.ts";

test("of three workers one is killed, one sleeps and one is cut off: each repository is swept once, by whoever is left", async () => {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const server = resources.use(await startPostgres());
  const cable = resources.use(await startCable(server.url));
  const repositories = await plantOrchards(folder.path, 3);
  const start = async (name: string, databaseUrl: string) =>
    resources.use(await startWorker(folder.path, { name, repositories, databaseUrl }));
  const killed = await start("killed", server.url);
  const asleep = await start("asleep", server.url);
  const cutOff = await start("cut-off", cable.url);
  // Each is at work on a repository when it happens to it.
  await Promise.all([killed, asleep, cutOff].map((worker) => worker.said(/"stage":"mark"/)));
  killed.child.kill("SIGKILL");
  asleep.child.kill("SIGSTOP");
  cable.cut();
  const heir = await start("heir", server.url);
  await heir.said(/The night is over/);
  asleep.child.kill("SIGCONT");
  await asleep.said(/A repository is done here/);
  const end = await endOfNight(folder.path);
  expect(end).toEqual({
    nights: 1,
    repos: repositories.toSorted(),
    ...{ left: [], stopped: [] },
    pullRequests: new Map(repositories.map((repo) => [repo, 1])),
  });
  heir.child.kill("SIGTERM");
  expect(await once(heir.child, "exit")).toEqual([0, null]);
}, 600_000);
