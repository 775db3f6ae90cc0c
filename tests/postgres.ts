import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** A server of Postgres that lives as long as its block. */
export type PostgresServer = AsyncDisposable & { readonly url: string };

/** `nobody`: Postgres refuses to run as root. */
const unprivileged = 65534;

/**
 * Starts a server in a folder of its own, on 127.0.0.1, with the programs that the system has; where it has none, they are
 * installed from Debian's packages.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = (await findPrograms()) ?? (install(), await findPrograms());
  if (programs === null) throw new Error("Postgres is not here and could not be installed: apt-get install postgresql");
  const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-postgres-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(folder, unprivileged, unprivileged);
  const who = { ...(isRoot ? { uid: unprivileged, gid: unprivileged } : {}), cwd: folder, env: { PATH: programs } };
  const data = path.join(folder, "data");
  const words = ["--pgdata", data, "--username=sweeper", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const made = spawnSync(path.join(programs, "initdb"), words, { ...who, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100"];
  const server = spawn(path.join(programs, "postgres"), ["-D", data, ...settings.flatMap((one) => ["-c", one])], {
    ...who,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  while (!log.includes("ready to accept connections")) await once(server.stderr, "data");
  return {
    url: `postgres://sweeper@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: async () => {
      server.kill("SIGQUIT");
      await once(server, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findPrograms(): Promise<string | null> {
  const versions = await readdir("/usr/lib/postgresql").catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : path.join("/usr/lib/postgresql", newest, "bin");
}

function install(): void {
  spawnSync("apt-get", ["install", "--yes", "--no-install-recommends", "postgresql"], { stdio: "inherit" });
}

async function freePort(): Promise<number> {
  await mkdir(tmpdir(), { recursive: true });
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port is free");
  return address.port;
}
