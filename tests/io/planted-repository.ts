import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { repoKey } from "../../src/core/names.ts";
import type { MirrorRequest } from "../../src/io/git-mirror.ts";
import { git } from "../../src/io/git.ts";

/** Files of a commit by path; null deletes a file, and `#!` at the start of a text makes it executable. */
type Planting = Readonly<Record<string, string | null>>;

/** Makes a real git repository in a folder, one commit for each planting, a day apart from each other. */
export async function plantRepository(directory: string, ...plantings: readonly Planting[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  await git({ directory, words: ["init", "--quiet", "--initial-branch=main"] });
  let commit = "";
  for (const [index, planting] of plantings.entries()) commit = await plantCommit(directory, planting, index + 1);
  return commit;
}

/** Adds one commit, dated on a day of January 2026 or of any month, and returns its hash. */
export async function plantCommit(directory: string, planting: Planting, day: number | string): Promise<string> {
  for (const [file, text] of Object.entries(planting)) {
    const path = join(directory, file);
    if (text === null) await rm(path);
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
      if (text.startsWith("#!")) await chmod(path, 0o755);
    }
  }
  const date = `${typeof day === "string" ? day : `2026-01-${String(day).padStart(2, "0")}`}T12:00:00Z`;
  const gardener = { NAME: "Gardener", EMAIL: "gardener@example.org", DATE: date };
  const env = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) =>
      Object.entries(gardener).map(([key, value]) => [`GIT_${who}_${key}`, value]),
    ),
  );
  await git({ directory, words: ["add", "--all"] });
  await git({ directory, words: ["commit", "--quiet", "--allow-empty", "--message", `Day ${day}`], env });
  return (await git({ directory, words: ["rev-parse", "HEAD"] })).trim();
}

/** How to mirror `origin` in a folder; the state lies beside it. */
export function mirrorOf(path: string): MirrorRequest {
  const { signal } = new AbortController();
  return { location: join(path, "origin"), key: repoKey("orchard"), stateDirectory: join(path, "state"), signal };
}
