import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { basename } from "node:path";
import { toErrorRecord } from "../core/errors.ts";
import { exec } from "./exec.ts";
import { limit } from "./sandbox-bubblewrap.ts";
import type { Cell, Owner, ResourceLimits, Sandbox } from "./sandbox.ts";
import { binInside, homeInside, imageLinks, viewOf, type Mount } from "./sandbox-view.ts";

/** A program that makes containers. */
export type Engine = (typeof engines)[number];

/** The engines that are tried, in their order. */
export const engines = ["docker", "podman"] as const;

const patienceMs = 60_000;

/**
 * A container of an engine that runs on this machine, where namespaces cannot be made by ourselves. It sees what the other
 * sandboxes see. The engine's own process starts it, so neither layers nor the end of its client reach inside: it is ended
 * by its name, and what is left of it is found by the marker in its environment.
 */
export function containerSandbox(engine: Engine, image: string, owner: Owner | null): Sandbox {
  const client = ["env", ...engineSettings(process.env), engine] as const;
  const nameOf = (folder: string): string => basename(folder);
  return {
    kind: "container",
    because: `${engine} made one that held in a trial`,
    owner,
    layerFault: "a container sees no layers that are made for it",
    places: () => ({ home: homeInside, temporary: "/tmp", bin: binInside }),
    enclose: (cell) => {
      const user = owner ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      const words = containerWords(cell, user, viewOf(cell));
      const name = `--name=${nameOf(cell.folder)}`;
      const limits = groupLimits(engine, cell.confinement.limits);
      return [...client, "run", name, ...limits, ...words, image, ...limit(cell), ...cell.command];
    },
    farewell: (folder) => [...client, "rm", "--force", nameOf(folder)],
  };
}

/** The client itself runs with the operator's settings, not with those of the code inside. */
function engineSettings(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = ["DOCKER_HOST", "CONTAINER_HOST", "XDG_RUNTIME_DIR"];
  const given = names.flatMap((name) => (environment[name] === undefined ? [] : [`${name}=${environment[name]}`]));
  return [`HOME=${homedir()}`, ...given];
}

/** Docker counts what a container uses as a whole; podman can do so on some machines only: there the watchdog has to do. */
function groupLimits(engine: Engine, { memoryMegabytes, processes }: ResourceLimits): readonly string[] {
  if (engine === "podman") return [`--ulimit=nofile=${openFiles}:${openFiles}`];
  return [`--memory=${memoryMegabytes}m`, `--pids-limit=${processes}`];
}

/** Podman would raise the limit, which it cannot everywhere; Node opens many at once. */
const openFiles = 16_384;

/** What the engine is told of a cell. */
export function containerWords(cell: Cell, { uid, gid }: Owner, mounts: readonly Mount[]): readonly string[] {
  const { limits, network } = cell.confinement;
  return [
    ...["--rm", "--interactive", "--pull=never", "--read-only", "--log-driver=none", `--user=${uid}:${gid}`],
    ...["--cap-drop=ALL", "--security-opt=no-new-privileges", `--workdir=${cell.cwd}`],
    ...(network === "open" ? [] : ["--network=none"]),
    ...["--ulimit=core=0", `--ulimit=nproc=${limits.processes}:${limits.processes}`],
    ...Object.entries(cell.settings).map(([name, value]) => `--env=${name}=${value}`),
    // Their values are nobody's business: the client has them in its environment.
    ...cell.variables.map((name) => `--env=${name}`),
    // No engine takes two mounts at one place, of which the later one is meant.
    ...mounts.filter(({ to }, index) => mounts.findLastIndex((one) => one.to === to) === index).flatMap(words),
  ];
}

const megabyte = 1024 * 1024;

function words(mount: Mount): readonly string[] {
  switch (mount.kind) {
    case "read":
      return [`--mount=type=bind,source=${mount.from},target=${mount.to},readonly`];
    case "write":
      return [`--mount=type=bind,source=${mount.from},target=${mount.to}`];
    case "memory":
      return mount.to === "/dev/shm"
        ? [`--shm-size=${mount.megabytes}m`]
        : [`--mount=type=tmpfs,target=${mount.to},tmpfs-size=${mount.megabytes * megabyte},tmpfs-mode=1777`];
    case "link":
      // Links of the machine are part of the image.
      return [];
    default:
      return mount satisfies never;
  }
}

/**
 * Makes the image that containers are started from: nothing but links, since all else is shown to them from this machine.
 * Where that fails the answer says why.
 */
export async function makeImage(
  engine: Engine,
  signal: AbortSignal,
): Promise<{ readonly image: string } | { readonly fault: string }> {
  const archive = archiveOf(imageLinks());
  const image = `nightsweep-nothing:${createHash("sha256").update(archive).digest("hex").slice(0, 12)}`;
  const client = ["env", ...engineSettings(process.env), engine] as const;
  const call = { cwd: "/", timeoutMs: patienceMs, signal };
  // Asked without detours, a program that is missing is known as such.
  const there = await exec({ ...call, command: [engine, "--version"] }).catch(toErrorRecord);
  if ("code" in there) return { fault: there.code === "COMMAND_UNAVAILABLE" ? "it is not installed" : there.message };
  const known = await exec({ ...call, command: [...client, "image", "inspect", image] });
  if (known.exitCode === 0) return { image };
  const made = await exec({ ...call, command: [...client, "import", "-", image], input: archive });
  const said = `${made.stderr}\n${made.stdout}`.split("\n").find((line) => line.trim() !== "");
  return made.exitCode === 0 ? { image } : { fault: said ?? `exit code ${made.exitCode ?? "none"}` };
}

/** A tar archive of symbolic links, which is all text. */
export function archiveOf(links: readonly Mount[]): string {
  const headers = links.flatMap((link) => (link.kind === "link" ? [headerOf(link.to.slice(1), link.from)] : []));
  return [...headers, "\0".repeat(2 * block)].join("");
}

const block = 512;

/** The header of one link as POSIX has it: fields of fixed width, and the sum of all bytes. */
function headerOf(name: string, target: string): string {
  const fields = (sum: string): string =>
    [
      name.padEnd(100, "\0"),
      ...["0000777", "0000000", "0000000", "00000000000", "00000000000"].map((number) => `${number}\0`),
      sum,
      "2",
      target.padEnd(100, "\0"),
      "ustar\u000000",
    ]
      .join("")
      .padEnd(block, "\0");
  const sum = [...Buffer.from(fields(" ".repeat(8)))].reduce((total, byte) => total + byte, 0);
  return fields(`${sum.toString(8).padStart(6, "0")}\0 `);
}
