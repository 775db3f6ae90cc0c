import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";

/** Names the variable that marks every process of one run, so that one which left the group is still found. */
export const runMarker = "NIGHTSWEEP_RUN";

/** Kills a whole process group at once; a group that is gone already is no error. */
export function killGroup(group: number): void {
  kill(-group);
}

/**
 * Process ids that still belong to a run: members of its group, or heirs of its marker. Reads /proc; on systems without
 * it the answer is empty, and killing the group has to do.
 */
export async function findLeftovers(run: { readonly group: number; readonly marker: string }): Promise<number[]> {
  const entries = await readdir("/proc").catch(() => []);
  const ids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const belongs = await Promise.all(ids.map((id) => belongsTo(id, run)));
  return ids.filter((id, index) => id !== process.pid && belongs[index] === true);
}

/** Kills each of the processes and waits until they are gone, for at most two seconds. */
export async function endProcesses(ids: readonly number[]): Promise<void> {
  for (const id of ids) kill(id);
  for (let round = 0; round < 100 && ids.some(isRunning); round++)
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** ESRCH: it ended by itself. EPERM: on macOS, what a group answers whose last member is a zombie. */
function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM");
}

/** True while a process of that id runs, whoever it belongs to; one that only waits to be collected runs no more. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return !isZombie(id);
  } catch (error) {
    return !(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "ENOENT"));
  }
}

function isZombie(id: number): boolean {
  const stat = `/proc/${id}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, "utf8"));
}

async function belongsTo(id: number, run: { readonly group: number; readonly marker: string }): Promise<boolean> {
  // Processes come and go while the list is read, and those of other users do not show their environment.
  const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (afterName[0] === "Z" || afterName[0] === undefined || afterName[0] === "") return false;
  if (Number(afterName[2]) === run.group) return true;
  const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
  return environment.includes(`${runMarker}=${run.marker}`);
}
