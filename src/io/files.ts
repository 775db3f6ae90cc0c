import { constants, existsSync } from "node:fs";
import { chmod, copyFile, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NightsweepError } from "../core/errors.ts";

/** A folder that is removed, with all that is in it, when its block ends. */
export type TemporaryDirectory = AsyncDisposable & { readonly path: string };

/**
 * Makes a private folder in `parent` (the system's temporary folder by default); its path has no symbolic links. The id of
 * this process is in its name, so that it can be removed after a death that gave no time for it.
 */
export async function temporaryDirectory(prefix: string, parent = tmpdir()): Promise<TemporaryDirectory> {
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(await realpath(parent), `${prefix}${process.pid}-`));
  return { path, [Symbol.asyncDispose]: () => removeDirectory(path) };
}

/** Removes a folder and all that is in it; one that is not there is no error. */
export async function removeDirectory(path: string): Promise<void> {
  // A process that was just killed may still finish a write, which makes the first attempt fail with ENOTEMPTY.
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  await remove().catch(async (error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EACCES")) throw error;
    await unlock(path);
    await remove();
  });
}

/** Foreign code may have taken the rights from its folders, which only root can remove then. */
async function unlock(folder: string): Promise<void> {
  try {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isDirectory()) await unlock(join(folder, entry.name));
  } catch (error) {
    // The first attempt to remove it goes on at other places when it fails at one.
    if (!isMissing(error)) throw error;
  }
}

/** The text of a file as UTF-8 with its byte order mark, or undefined when there is no such file. */
export async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Says whether there is a folder at the path. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Copies a file unless there is something at the target already, and be it a link to nowhere. */
export async function copyIfAbsent(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/**
 * The folder that work trees lie in. It is outside of the state folder, because foreign code looks for its dependencies
 * and settings in every folder above it: below a checkout of nightsweep it would find ours and a removed dependency would
 * not be missed. Its path has no dot, at which some tools and tests cut a path off. A TMPDIR moves it.
 */
export function workFolder(): string {
  const disk = process.env["TMPDIR"] === undefined && existsSync("/var/tmp") ? "/var/tmp" : tmpdir();
  return join(disk, `nightsweep-${ownUser() ?? "user"}`);
}

/** The number of the user that we are; a user of a container may have no name. Undefined on Windows. */
function ownUser(): number | undefined {
  return process.getuid?.();
}

/**
 * Makes a new folder in the work folder, named after its owner and this process. Throws STATE_INVALID when the work folder
 * is somebody else's.
 */
export async function temporaryWorkFolder(name: string): Promise<TemporaryDirectory> {
  const parent = workFolder();
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(parent);
  if (ownUser() !== undefined && uid !== ownUser())
    throw new NightsweepError("STATE_INVALID", `the folder ${parent} belongs to somebody else; set TMPDIR to another`);
  return await temporaryDirectory(`${name.replace(/[^\w-]/g, "-")}-`, parent);
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP"].includes(String(error.code))
  );
}
