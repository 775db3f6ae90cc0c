import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RepoPath } from "../core/names.ts";

/** No lock file, manifest or report is larger; what is, is none. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Reads a file that foreign code could have put there: a regular file that lies where its path says, or undefined. A link
 * could lead to a secret of ours, and a pipe would keep us waiting for ever.
 */
export async function readForeignText(directory: string, file: RepoPath): Promise<string | undefined> {
  const path = join(directory, file);
  try {
    if ((await realpath(dirname(path))) !== join(await realpath(directory), dirname(file))) return undefined;
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await handle.stat();
    return stat.isFile() && stat.size <= mostBytes ? await handle.readFile("utf8") : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && unreadable.has(String(error.code))) return undefined;
    throw error;
  }
}

/** ELOOP: it is a link. ENXIO: it is a pipe or a socket. */
const unreadable: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENXIO", "EACCES", "EISDIR"]);
