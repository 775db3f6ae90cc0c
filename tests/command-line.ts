import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { main } from "../src/cli.ts";
import { createTerminal } from "../src/io/terminal.ts";
import { git } from "../src/io/git.ts";

/** How one command line ended. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command line in this process, in a folder, without a terminal. */
export async function nightsweep(
  words: readonly string[],
  place: {
    readonly folder: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    readonly now?: Date;
  },
): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  const streamTo = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const code = await main(words, {
    terminal: createTerminal({ stdout: streamTo("stdout"), stderr: streamTo("stderr") }),
    currentDirectory: place.folder,
    environment: { XDG_CACHE_HOME: path.join(place.folder, "cache"), ...place.environment },
    signal: place.signal ?? new AbortController().signal,
    now: () => place.now ?? new Date("2026-11-23T02:00:00Z"),
  });
  return { code, ...written };
}

/** A folder of its own for a test file, with a way to remove it. */
export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "nightsweep-test-"));
  return { path: folder, remove: () => rm(folder, { recursive: true, maxRetries: 5 }) };
}

/** Files by their path, as text or as bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Plants a git repository whose one commit is from 2025, and returns its folder. */
export async function plant(folder: string, files: Files): Promise<string> {
  await writeFiles(folder, files);
  const signal = new AbortController().signal;
  const who = { NAME: "The orchard", EMAIL: "orchard@example.org", DATE: "2025-03-04T09:00:00Z" };
  const env = Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((role) => Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value])),
  );
  await git({ directory: folder, words: ["init", "--quiet", "--initial-branch=main"], signal });
  await git({ directory: folder, words: ["add", "--all"], signal });
  await git({ directory: folder, words: ["commit", "--quiet", "--message=Plant the orchard"], env, signal });
  return folder;
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(folder, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}

/** The manifest of the libraries that tests plant. */
export const orchardManifest = {
  name: "orchard",
  version: "1.0.0",
  type: "module",
  exports: "./src/index.js",
  scripts: { test: "node --test" },
};

/** A library in plain JavaScript without dependencies: one dead function, one live one with a test. */
export const smallOrchard: Files = {
  "package.json": `${JSON.stringify(orchardManifest, null, 2)}\n`,
  "src/index.js": 'export { ripe } from "./apple.js";\n',
  "src/apple.js": [
    "/** Says whether an apple is ripe. */",
    "export function ripe(days) {",
    "  return days > 120;",
    "}",
    "",
    "/** How people weighed apples before the scales. */",
    "export function weighByHand(apples) {",
    "  return apples.length * 150;",
    "}",
    "",
  ].join("\n"),
  "test/apple.test.js": [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { ripe } from "../src/index.js";',
    "",
    'test("apples take their time", () => {',
    "  assert.equal(ripe(121), true);",
    "});",
    "",
  ].join("\n"),
};
