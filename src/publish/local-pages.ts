import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeMarkdown } from "../core/markdown.ts";
import { decodeMetadata } from "../core/metadata.ts";
import type { PullRequestDraft } from "../core/pull-request.ts";
import type { KnownPullRequest } from "./forge.ts";

/** Where a local forge lives, and the repository that it serves. */
export type LocalForgeOptions = {
  /** Folder of all repositories of this forge. */
  readonly directory: string;
  /** The same folder as reports show it: relative, since an absolute path leaves the machine nowhere. */
  readonly shownAs: string;
  readonly repo: string;
};

/** A page as it was written; a person may have edited it, and taken out what we hid in it. */
export function readPage(
  options: LocalForgeOptions,
  branch: string,
  text: string,
): Omit<KnownPullRequest, "state" | "labels" | "closedAt"> {
  const metadata = decodeMetadata(text);
  const number = Number(/^<!--nightsweep-local:(\d+)-->$/m.exec(text)?.[1] ?? 0);
  const { head, night, candidates } = metadata ?? { head: "", night: null, candidates: [] };
  return { branch, number, url: urlOf(options, branch), head, night, candidates };
}

/** The page of a local pull request: its title, how to take and to close it, and the description. */
export function page(options: LocalForgeOptions, draft: PullRequestDraft, number: number): string {
  const { branch, title, body, labels, base, head } = draft;
  const bare = `${options.shownAs}/${options.repo}.git`;
  return [
    `# ${escapeMarkdown(title)}`,
    `<!--nightsweep-local:${number}-->`,
    `Pull request ${number} of the local forge into \`${base.branch}\`, ${labels.join(", ")}. To take it: ` +
      `\`git pull ${bare} ${branch}\`, or \`git am\` with \`${asFileName(branch)}.patch\`. ` +
      `To close it: \`git --git-dir ${bare} branch -D ${branch}\`.`,
    body(head.commit),
  ].join("\n\n");
}

/** The bare repository with a branch for each pull request. */
export function repositoryPath(options: LocalForgeOptions): string {
  return join(options.directory, `${options.repo}.git`);
}

/** Where the notes of a pull request are. */
export function notesPath(options: LocalForgeOptions, branch: string): string {
  return join(options.directory, options.repo, `${asFileName(branch)}.json`);
}

function urlOf(options: LocalForgeOptions, branch: string): string {
  return `${options.shownAs}/${options.repo}/${asFileName(branch)}.md`;
}

/** git allows no tilde in a branch, so the branch can be read from the file's name again. */
export function asFileName(branch: string): string {
  return branch.replaceAll("/", "~");
}

/** Writes a file so that a reader sees either the old text or the whole new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.unfinished`, text);
  await rename(`${file}.unfinished`, file);
}
