import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeDirectory, workFolder } from "./files.ts";
import { git } from "./git.ts";
import { endProcesses, isRunning, runMarker } from "./processes.ts";

/** What was found and removed, by name. */
export type Cleared = { readonly processes: number; readonly folders: readonly string[] };

/**
 * Removes what runs left that were killed before they could clear up: processes that they started, their work trees and
 * private folders, and half-made copies in the state folder. Everything of ours has the id of its process in its name;
 * what belongs to a process that still runs is left alone. Namespaces and mounts end with their processes.
 */
export async function clearAfterTheDead(stateDirectory: string): Promise<Cleared> {
  const orphans = await findOrphans();
  await endProcesses(orphans);
  const state = ["mirrors", "toolchain", "example"].map((name) => join(stateDirectory, name));
  const places = [
    { folder: workFolder(), pattern: /-(\d+)-[^-]*$/ },
    { folder: tmpdir(), pattern: /^nightsweep-\w+-(\d+)-\w+$/ },
    ...state.map((folder) => ({ folder, pattern: /\.(\d+)(?:\.new)?$/ })),
  ];
  const folders: string[] = [];
  for (const { folder, pattern } of places)
    for (const name of await readdir(folder).catch(() => [])) {
      const owner = pattern.exec(name)?.[1];
      if (owner === undefined || isRunning(Number(owner))) continue;
      await removeDirectory(join(folder, name));
      folders.push(name);
    }
  await forgetWorktrees(join(stateDirectory, "mirrors"));
  return { processes: orphans.length, folders };
}

/** A mirror remembers each work tree; those whose folder is gone it is told to forget. */
async function forgetWorktrees(mirrors: string): Promise<void> {
  for (const name of await readdir(mirrors).catch(() => [])) {
    const directory = join(mirrors, name);
    if (existsSync(join(directory, "worktrees"))) await git({ directory, words: ["worktree", "prune"] });
  }
}

/** Processes whose marker names a process that is gone; on systems without /proc there are none to be found. */
async function findOrphans(): Promise<readonly number[]> {
  const entries = await readdir("/proc").catch(() => []);
  const ids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const owners = await Promise.all(
    ids.map(async (id) => {
      // Those of other users do not show their environment, and others end while we look.
      const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
      return new RegExp(`(?:^|\\0)${runMarker}=(\\d+)-`).exec(environment)?.[1];
    }),
  );
  return ids.filter((id, index) => {
    const owner = owners[index];
    return owner !== undefined && id !== process.pid && !isRunning(Number(owner));
  });
}
