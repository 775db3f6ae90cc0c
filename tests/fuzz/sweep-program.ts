import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Garbage } from "../../src/core/candidate.ts";
import { markRepository } from "../../src/mark/mark.ts";
import { garbageKey } from "../../src/passes/cluster-garbage.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { sweep, type Tree } from "../passes/fixtures.ts";

/** Marks and sweeps program after program in one folder, which is gone when it is disposed. */
export type Sweeper = Disposable & {
  /** What the passes find in a program whose only entry is the main of its package. */
  readonly find: (tree: Tree) => Promise<readonly Garbage[]>;
};

/** Opens the folder. Only files that differ from the program before are written, which is most of the time saved. */
export function openSweeper(): Sweeper {
  const directory = mkdtempSync(join(tmpdir(), "nightsweep-fuzz-"));
  const written = new Map<string, string>();
  return {
    find: async (tree) => {
      for (const [file, text] of Object.entries(tree)) {
        if (written.get(file) === text) continue;
        mkdirSync(dirname(join(directory, file)), { recursive: true });
        writeFileSync(join(directory, file), text);
        written.set(file, text);
      }
      const noEntries = { entries: [], unusedDependencies: [], configErrors: [] };
      const { heap } = await markRepository({
        directory,
        files: Object.keys(tree),
        askRoots: () => Promise.resolve(noEntries),
      });
      return findGarbage(heap);
    },
    [Symbol.dispose]: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** More rounds than this and the sweep does not come to an end. */
const maxRounds = 3;

/** A tree after as many rounds as there was garbage, and what was still found after the last one that is allowed. */
export type Swept = { readonly tree: Tree; readonly rounds: number; readonly rest: readonly Garbage[] };

/** Sweeps everything that was found, and again what that exposed. */
export async function sweepToTheEnd(sweeper: Sweeper, before: Tree, found: readonly Garbage[]): Promise<Swept> {
  let tree = before;
  let rest = found;
  let rounds = 0;
  for (; rounds < maxRounds && rest.length > 0; rounds += 1) {
    tree = sweep(tree, rest);
    rest = await sweeper.find(tree);
  }
  return { tree, rounds, rest };
}

/** The garbage that some pieces need to go with them, those pieces included. */
export function withRequired(all: readonly Garbage[], chosen: readonly Garbage[]): readonly Garbage[] {
  const byKey = new Map(all.map((garbage) => [garbageKey(garbage), garbage]));
  const taken = new Set(chosen);
  // Grows while it is walked: a set visits what is added to it.
  for (const garbage of taken) {
    for (const key of garbage.requires) {
      const required = byKey.get(key);
      if (required !== undefined) taken.add(required);
    }
  }
  return [...taken];
}
