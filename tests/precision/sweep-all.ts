import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Garbage } from "../../src/core/candidate.ts";
import type { Heap } from "../../src/mark/heap.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";

/** Runs git in a checkout. */
export function gitIn(directory: string, ...words: readonly string[]): string {
  return spawnSync("git", words, { cwd: directory, encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
}

/** Marks a checkout as it stands on the disk. */
export async function markCheckout(directory: string): Promise<Heap> {
  const files = gitIn(directory, "ls-files", "-z")
    .split("\0")
    .filter((file) => file !== "" && existsSync(join(directory, file)));
  return (await markRepository({ directory, files: files.toSorted(), types: true })).heap;
}

/** Sweeps everything that no ambiguous root speaks for at once, more than a night would ever propose, and returns it. */
export function sweepAll(directory: string, heap: Heap): readonly Garbage[] {
  const sure = findGarbage(heap).filter(
    ({ ambiguous, category }) =>
      ambiguous.length === 0 && category !== "missing-entry" && category !== "commented-code",
  );
  const keys = new Set(sure.map(({ category, subject }) => `${category} ${subject.file}#${subject.name}`));
  const whole = sure.filter(({ requires }) => requires.every((key) => keys.has(key)));
  const edits = whole.flatMap((garbage) => garbage.edits);
  const texts = Object.fromEntries(
    [...new Set(edits.map(({ file }) => file))].map((file) => [file, readFileSync(join(directory, file), "utf8")]),
  );
  for (const change of mergeEdits(edits, texts)) {
    if (change.kind === "delete") rmSync(join(directory, change.file));
    else writeFileSync(join(directory, change.file), change.text);
  }
  return whole;
}
