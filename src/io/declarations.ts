import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RepoPath } from "../core/names.ts";
import { confineTool, type Cage } from "./cage.ts";
import { exec } from "./exec.ts";
import { temporaryDirectory } from "./files.ts";
import { readForeignText } from "./foreign-file.ts";

/** The declaration files of a tree by their paths, `src/index.d.ts`. */
export type Declarations = Readonly<Record<RepoPath, string>>;

/** What the repository's own compiler is asked for. */
type DeclarationsRequest = {
  readonly cage: Cage;
  readonly directory: string;
  /** The folder whose tsconfig is used. */
  readonly packageDirectory: RepoPath;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** The one for building is more exact where there is one. */
const configNames = ["tsconfig.build.json", "tsconfig.json"];

const options = [
  ...["--declaration", "--emitDeclarationOnly", "--declarationMap", "false", "--noEmit", "false"],
  ...["--noEmitOnError", "false", "--incremental", "false", "--composite", "false", "--skipLibCheck"],
];

/**
 * Has the repository's own TypeScript write the declarations of a package, in the cage; null when it cannot. Complaints
 * of the compiler do not matter here: the type check is another matter.
 */
export async function emitDeclarations(request: DeclarationsRequest): Promise<Declarations | null> {
  const { cage, directory, packageDirectory, timeoutMs, signal } = request;
  const cwd = join(directory, packageDirectory);
  const compiler = findCompiler(directory, cwd);
  if (compiler === undefined) return null;
  for (const name of configNames.filter((one) => existsSync(join(cwd, one)))) {
    await using folder = await temporaryDirectory("nightsweep-types-");
    const places = ["--rootDir", directory, "--outDir", folder.path, "--declarationDir", folder.path];
    const command = ["node", compiler, "-p", name, ...options, ...places] as const;
    const confinement = confineTool(cage, directory, { programs: [], writable: [folder.path] });
    await exec({ command, cwd, timeoutMs, signal, confinement });
    const found = await readDeclarations(folder.path);
    if (Object.keys(found).length > 0) return found;
  }
  return null;
}

function findCompiler(top: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(top); folder = dirname(folder)) {
    const compiler = join(folder, "node_modules", "typescript", "lib", "tsc.js");
    if (existsSync(compiler)) return compiler;
  }
  return undefined;
}

async function readDeclarations(folder: string): Promise<Declarations> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.d\.[cm]?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const texts = files.toSorted().map(async (file) => [file, (await readForeignText(folder, file)) ?? ""] as const);
  return Object.fromEntries(await Promise.all(texts));
}
