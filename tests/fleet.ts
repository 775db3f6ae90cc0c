import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer, connect, type Socket } from "node:net";
import path from "node:path";
import { nightId, type NightId } from "../src/core/names.ts";
import { readNight, recordedNights } from "../src/io/records.ts";
import { plant, smallOrchard, writeFiles } from "./command-line.ts";

const cli = path.resolve(import.meta.dirname, "..", "src", "cli.ts");

/** A worker in a process of its own, with everything that it has logged. */
export type WorkerProcess = AsyncDisposable & {
  readonly child: ChildProcess;
  readonly log: () => string;
  /** Waits until the worker has logged what matches. */
  readonly said: (pattern: RegExp) => Promise<void>;
};

/** Plants repositories with one dead function each, and says where they lie. */
export async function plantOrchards(folder: string, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `orchard-${index}`);
  for (const name of names) await plant(path.join(folder, name), smallOrchard);
  await writeFiles(folder, { "policy.yaml": "version: 1\nname: everything\ndefaultAction: propose\n" });
  return names;
}

/** Starts a worker that shares its repositories, reports and forge with others, and has a state folder of its own. */
export async function startWorker(
  folder: string,
  worker: { readonly name: string; readonly repositories: readonly string[]; readonly databaseUrl: string },
): Promise<WorkerProcess> {
  const { name, repositories, databaseUrl } = worker;
  const config = {
    ...{ repositories, databaseUrl, policy: "policy.yaml", stateDirectory: `state-${name}` },
    schedule: { window: "00:00-00:00" },
    forge: { kind: "local", directory: "forge" },
    repositoriesPerInstallation: 100,
  };
  await writeFiles(folder, { [`${name}.config.ts`]: `export default ${JSON.stringify(config)};\n` });
  const child = spawn(process.execPath, [cli, "worker", "--config", `${name}.config.ts`], {
    cwd: folder,
    env: { ...process.env, NIGHTSWEEP_SANDBOX: "available" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  return {
    child,
    log: () => log,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(log)) return;
          child.stdout.off("data", look);
          resolve();
        };
        child.stdout.on("data", look);
        child.once("exit", () => {
          reject(new Error(`${name} ended: ${log}`));
        });
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** The one night there is, and how often a pull request was opened in it, by repository. */
export async function endOfNight(folder: string) {
  const reports = path.join(folder, "reports");
  const nights = await recordedNights(reports);
  const night: NightId = nights[0] ?? nightId("2000-01-01");
  const { repos, left = [] } = await readNight(reports, night);
  const forge = path.join(folder, "forge");
  const pullRequests = new Map<string, number>();
  for (const repo of (await readdir(forge)).filter((name) => !name.endsWith(".git"))) {
    const files = await readdir(path.join(forge, repo), { recursive: true });
    pullRequests.set(repo, files.filter((file) => file.endsWith(".patch")).length);
  }
  const stopped = repos.flatMap((repo) =>
    repo.stopped === undefined ? [] : [`${repo.repo}: ${repo.stopped.error.message}`],
  );
  return { nights: nights.length, repos: repos.map(({ repo }) => repo).toSorted(), left, stopped, pullRequests };
}

/** A way to a server that can be cut. */
export async function startCable(
  url: string,
): Promise<AsyncDisposable & { readonly url: string; readonly cut: () => void }> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const near = new URL(url);
  near.port = String(typeof address === "object" && address !== null ? address.port : 0);
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: near.href,
    cut,
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
