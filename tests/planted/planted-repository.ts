import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Spot } from "./table.ts";
import { git, records } from "../../src/io/git.ts";

const source = path.join(import.meta.dirname, "..", "repositories", "planted");

/** A copy of the planted repository with a git of its own, which goes with the work that is done on it. */
export async function withPlantedRepository<Result>(
  work: (directory: string, files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(path.join(tmpdir(), "nightsweep-planted-"));
  try {
    cpSync(source, directory, { recursive: true });
    await git({ directory, words: ["init", "-q"] });
    await git({ directory, words: ["add", "-A"] });
    return await work(directory, records(await git({ directory, words: ["ls-files", "-z"] })).toSorted());
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The text of a planted file. */
export function readPlanted(file: string): string {
  return readFileSync(path.join(source, file), "utf8");
}

/** The line of a spot, from 1; undefined for a file or a name that is not there. */
export function lineOf({ file, name }: Spot): number | undefined {
  const lines = readPlanted(file).split("\n");
  const index = lines.findIndex((line) => name !== undefined && line.includes(name));
  return index < 0 ? undefined : index + 1;
}
