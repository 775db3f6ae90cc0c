import { createHash } from "node:crypto";
import { chown, mkdir, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Grants } from "../core/grants.ts";
import { exec } from "./exec.ts";
import { canBeLayered, prepareLayer } from "./sandbox-layers.ts";
import type { Confinement, NetworkAccess, ResourceLimits, Sandbox } from "./sandbox.ts";

/** What all code of one repository runs in, and how much of the machine it gets. */
export type Cage = {
  readonly sandbox: Sandbox;
  readonly limits: ResourceLimits;
  /** The bare mirror, which tests and builds may read when they ask git something; null to hide it. */
  readonly mirror: string | null;
  /** Hosts (`name:port`) that installs may reach besides the registry. */
  readonly installHosts: readonly string[];
  /** What the operator gives to this repository's code. */
  readonly grants: Grants;
};

/** The folders that a toolchain consists of. */
export type ToolFolders = {
  /** Programs that were brought. */
  readonly programs: readonly string[];
  /** Downloads, which an install fills. */
  readonly caches: readonly string[];
};

/** Where tools keep what they want to find again: it is empty for each run, so nothing stale can hide a fault. */
const cacheNames = [".cache", ".vite", ".vite-temp", ".vitest", ".tmp"];

/** An install may write the work tree and the caches. */
export async function confineInstall(
  cage: Cage,
  directory: string,
  { programs, caches }: ToolFolders,
  network: NetworkAccess,
): Promise<Confinement> {
  for (const cache of caches) await mkdir(cache, { recursive: true });
  // Who waits for a registry says nothing and does nothing.
  const { memoryMegabytes, diskMegabytes, processes } = cage.limits;
  const limits = { memoryMegabytes, diskMegabytes, processes };
  const readable = [...guarded(cage, directory), ...programs];
  return { ...cage, limits, writable: [directory, ...caches], readable, network };
}

/** The folders that a check is about. */
type CheckFolders = ToolFolders & {
  /** Installed packages. */
  readonly modules: readonly string[];
  readonly writable: readonly string[];
  /** Where to keep what checks of one tree write into packages; null: they cannot write there. */
  readonly layers: string | null;
};

/**
 * A check may write the work tree and reach nobody. What it writes into `modules`, the packages that were installed into
 * the tree, other checks of the same tree see and no other tree: the packages themselves stay as they are.
 */
export async function confineCheck(cage: Cage, directory: string, folders: CheckFolders): Promise<Confinement> {
  const { sandbox } = cage;
  const modules = await withoutDetours(folders.modules);
  const { layers } = folders;
  const layered =
    layers === null || sandbox.layerFault !== null
      ? []
      : modules.filter(canBeLayered).map((folder) => ({ folder, layer: join(layers, nameOf(folder)) }));
  for (const layer of layered) await prepareLayer(layer, sandbox.owner);
  return {
    ...cage,
    writable: [directory, ...folders.writable],
    readable: [...guarded(cage, directory), ...folders.programs, ...folders.caches, ...modules],
    layered,
    scratch: modules.flatMap((folder) => cacheNames.map((name) => join(folder, name))),
    network: networkOf(cage.grants),
    services: cage.grants.services,
  };
}

function networkOf({ network }: Grants): NetworkAccess {
  return network === undefined || network.hosts.length + network.ports.length === 0 ? "none" : network;
}

function nameOf(folder: string): string {
  return createHash("sha256").update(folder).digest("hex").slice(0, 16);
}

/** A tool of ours may read the work tree and write its own folder. */
export function confineTool(
  cage: Cage,
  directory: string,
  { programs, writable }: { readonly programs: readonly string[]; readonly writable: readonly string[] },
): Confinement {
  return { ...cage, writable, readable: [directory, ...programs], network: "none" };
}

/** Code that could change these would have git do its work, with our rights. */
function guarded({ mirror }: Cage, directory: string): readonly string[] {
  return [join(directory, ".git"), ...(mirror === null ? [] : [mirror])];
}

/** A check may have put a link in the place of a folder; what it leads to must not be shown to the next one. */
async function withoutDetours(folders: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => "")));
  return folders.filter((folder, index) => real[index] === folder);
}

/** Finds the folders of installed packages in a work tree, outermost ones only, and makes room in them for caches. */
export async function findModules(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [directory];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === ".git") continue;
      (entry.name === "node_modules" ? found : waiting).push(join(folder, entry.name));
    }
  for (const folder of found) for (const name of cacheNames) await mkdir(join(folder, name), { recursive: true });
  return found.toSorted();
}

/**
 * Gives all files of a work tree to the user that foreign code runs as, where that is not ourselves; git and we write
 * them as root. Nothing foreign may run meanwhile.
 */
export async function handOver({ sandbox: { owner } }: Pick<Cage, "sandbox">, directory: string): Promise<void> {
  if (owner === null) return;
  const { uid, gid } = owner;
  await chown(directory, uid, gid);
  const strangers = ["-xdev", "!", "-user", `${uid}`, "!", "-path", join(directory, ".git")];
  const command = ["find", directory, ...strangers, "-exec", "chown", "-h", `${uid}:${gid}`, "{}", "+"] as const;
  await exec({ command, cwd: "/", timeoutMs: 5 * 60_000 });
}
