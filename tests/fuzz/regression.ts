import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Tree } from "../passes/fixtures.ts";
import type { Language } from "./print-program.ts";

/** A program that a sweep once broke. */
export type Regression = {
  readonly name: string;
  /** What went wrong, in a sentence. */
  readonly why: string;
  readonly language: Language;
  readonly tree: Tree;
};

/** A tree as text: each file behind a line `--- path`. */
export function printTree(tree: Tree): string {
  return Object.entries(tree)
    .filter(([file]) => file.startsWith("src/"))
    .map(([file, text]) => `--- ${file}\n${text}`)
    .join("\n");
}

/** Reads the programs of `regressions/`; the first line of each says what went wrong. */
export function readRegressions(): readonly Regression[] {
  const folder = join(import.meta.dirname, "regressions");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .toSorted()
    .map((file) => {
      const [why = "", ...parts] = readFileSync(join(folder, file), "utf8").split(/^--- /m);
      const files = parts.map(
        (part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)] as const,
      );
      const language = files.some(([path]) => path === "src/main.ts") ? "ts" : "js";
      const manifest = `{ "name": "orchard", "version": "1.0.0", "type": "module", "exports": "./src/main.${language}" }\n`;
      return {
        name: basename(file, ".txt"),
        why: why.trim(),
        language,
        tree: Object.fromEntries([["package.json", manifest], ...files]),
      };
    });
}
