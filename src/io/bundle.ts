import { createHash } from "node:crypto";
import { createRequire, isBuiltin } from "node:module";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RepoPath } from "../core/names.ts";
import { confineTool, type Cage } from "./cage.ts";
import { exec } from "./exec.ts";
import { temporaryDirectory } from "./files.ts";
import { readForeignText } from "./foreign-file.ts";

/** The bundles of a tree, or why there are none. */
export type Bundles =
  | { readonly kind: "made"; readonly hashes: Readonly<Record<string, string>> }
  | { readonly kind: "impossible"; readonly because: string };

/** What is bundled, and in what. */
export type BundleRequest = {
  readonly cage: Cage;
  /** The work tree with the tree in it. */
  readonly directory: string;
  readonly entries: readonly RepoPath[];
  /** True for what an import of this name leads to outside of the repository's files. */
  readonly isPackage: (specifier: string) => boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

const metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ imports: z.array(z.object({ path: z.string(), external: z.boolean().optional() })) }),
  ),
});

/** Files that are no code are copied as they are: their content is part of the name that the code is given. */
const assets = "png jpg jpeg gif svg webp avif ico bmp woff woff2 ttf otf eot mp3 mp4 webm wav pdf wasm node".split(
  " ",
);
const texts = "txt md sql graphql gql html xml csv yaml yml toml pem ejs hbs glsl".split(" ");

/**
 * Nothing may be assumed and nothing be renamed: packages stay outside, annotations of purity do not count, identifiers
 * keep their names, and what is dropped is only what a bundler proves to be without effect.
 */
export const bundleOptions = [
  "--bundle",
  "--tree-shaking=true",
  "--packages=external",
  "--ignore-annotations",
  "--platform=node",
  "--format=esm",
  "--target=esnext",
  "--charset=utf8",
  "--legal-comments=none",
  "--entry-names=[dir]/[name]",
  "--log-level=error",
  "--log-limit=5",
  ...assets.map((ending) => `--loader:.${ending}=file`),
  ...texts.map((ending) => `--loader:.${ending}=text`),
];

/** Bundles the entries of a tree with esbuild, in the cage, and hashes what comes out. */
export async function makeBundles(request: BundleRequest): Promise<Bundles> {
  const { cage, directory, entries, timeoutMs, signal } = request;
  await using folder = await temporaryDirectory("nightsweep-bundle-");
  const program = await esbuildProgram();
  const out = join(folder.path, "out");
  const command = [
    program,
    ...entries.map((entry) => `./${entry}`),
    ...bundleOptions,
    "--outbase=.",
    `--outdir=${out}`,
    `--metafile=${join(folder.path, "meta.json")}`,
  ] as const;
  const confinement = confineTool(cage, directory, { programs: [program], writable: [folder.path] });
  const ended = await exec({ command, cwd: directory, timeoutMs, signal, confinement });
  if (ended.timedOut) return { kind: "impossible", because: "bundling took too long" };
  if (ended.exitCode !== 0) return { kind: "impossible", because: firstError(ended.stderr) };
  const stray = await findStray(folder.path, request.isPackage);
  if (stray !== undefined) return { kind: "impossible", because: `"${stray}" is neither a file nor a known package` };
  return { kind: "made", hashes: await hashFiles(out) };
}

/** An alias that only another tool knows looks like a package, and what it leads to would not be compared. */
async function findStray(folder: string, isPackage: (specifier: string) => boolean): Promise<string | undefined> {
  const { outputs } = metafile.parse(JSON.parse((await readForeignText(folder, "meta.json")) ?? "{}"));
  const outside = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external === true));
  return outside.map(({ path }) => path).find((path) => !isBuiltin(path) && !isPackage(path));
}

async function hashFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const relative = files.map((file) => file.slice(folder.length + 1)).toSorted();
  const hashes = relative.map(async (file) => {
    const text = (await readForeignText(folder, file)) ?? "";
    return [file, createHash("sha256").update(text).digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** The program of this platform itself; esbuild's own script would have to find and start it inside the cage. */
async function esbuildProgram(): Promise<string> {
  const esbuild = createRequire(import.meta.resolve("esbuild/package.json"));
  const binary = process.platform === "win32" ? "esbuild.exe" : "bin/esbuild";
  return await realpath(esbuild.resolve(`@esbuild/${process.platform}-${process.arch}/${binary}`));
}

function firstError(stderr: string): string {
  const line = stderr.split("\n").find((one) => one.includes("[ERROR]")) ?? stderr.split("\n")[0] ?? "";
  return `esbuild: ${line.replace(/^.*\[ERROR\]\s*/, "").trim()}`;
}
