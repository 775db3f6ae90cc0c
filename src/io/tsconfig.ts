import { createPathsMatcher, parseTsconfig } from "get-tsconfig";
import { dirname, resolve } from "node:path";

/** What a tsconfig says about finding and emitting modules. */
export type ReadTsconfig =
  | {
      readonly kind: "read";
      /** Absolute paths that an aliased specifier may stand for; empty when no alias matches. */
      readonly match: (specifier: string) => readonly string[];
      /** Absolute folders that the compiler writes to. */
      readonly outputs: readonly string[];
      /** The absolute folder that stands for those in the sources; undefined when the compiler works it out. */
      readonly rootDir: string | undefined;
    }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads a tsconfig with all that it extends. A base that is not installed makes it unreadable, never a throw. */
export function readTsconfig(path: string): ReadTsconfig {
  try {
    const config = parseTsconfig(path);
    const matcher = createPathsMatcher({ path, config });
    const { outDir, declarationDir, rootDir } = config.compilerOptions ?? {};
    const place = (folder: string | undefined) => (folder === undefined ? undefined : resolve(dirname(path), folder));
    return {
      kind: "read",
      match: (specifier) => matcher?.(specifier) ?? [],
      outputs: [outDir, declarationDir].flatMap((folder) => place(folder) ?? []),
      rootDir: place(rootDir),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "unreadable", reason: reason.replaceAll(`${dirname(path)}/`, "") };
  }
}

/** What is wrong with a tsconfig as text, or null: comments and trailing commas are allowed, as TypeScript allows them. */
export function findTsconfigFault(text: string): string | null {
  const quoted = '"(?:\\\\.|[^"\\\\])*"';
  const keepQuoted = (before: string, rest: string): string =>
    before.replace(new RegExp(`(${quoted})|${rest}`, "g"), (_, kept: string | undefined) => kept ?? " ");
  const bare = keepQuoted(keepQuoted(text.replace(/^\uFEFF/, ""), "//[^\n]*|/\\*[\\s\\S]*?\\*/"), ",(?=\\s*[}\\]])");
  if (bare.trim() === "") return null;
  try {
    JSON.parse(bare);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
  }
}
