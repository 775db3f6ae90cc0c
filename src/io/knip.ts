import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import { exec } from "./exec.ts";
import { packageRoot } from "./own-package.ts";
import type { Confinement, Sandbox } from "./sandbox.ts";

const answer = z.object({
  entries: z.array(z.object({ file: z.string(), production: z.boolean(), reason: z.string() })),
  hasConfigLoadErrors: z.boolean(),
  unusedDependencies: z.array(z.object({ manifest: z.string(), section: z.string(), name: z.string() })),
  /** Folders of the packages that this run covered. */
  workspaces: z.array(z.string()),
});

/** What knip knows of one package root; paths are relative to that root. */
export type KnipAnswer = z.output<typeof answer> & {
  /** Configuration files that did not load, as knip words it. */
  readonly configErrors: readonly string[];
};

/** What the repository, whose top folder may lie above the package root, is enclosed in. */
type Prison = { readonly sandbox: Sandbox; readonly top: string };

/** knip reads every source file of a workspace at once. */
const knipLimits = { memoryMegabytes: 8192, diskMegabytes: 1024, processes: 512 };

/**
 * Asks knip for the entry files of the package root in `directory` (absolute). It runs in a child process with a clean
 * environment, because knip's plugins execute the repository's configuration files. Throws ROOTS_FAILED.
 */
export async function askKnip(
  directory: string,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal; readonly prison?: Prison | undefined },
): Promise<KnipAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "nightsweep-roots-"));
  try {
    const outputFile = join(folder, "answer.json");
    const child = join(import.meta.dirname, `knip-child${extname(import.meta.filename)}`);
    const finished = await exec({
      command: ["node", child, directory, outputFile],
      cwd: directory,
      timeoutMs: options.timeoutMs,
      confinement: options.prison === undefined ? undefined : confine(options.prison, folder),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (finished.exitCode !== 0) {
      const detail = finished.timedOut ? `no answer within ${options.timeoutMs} ms` : finished.stderr.slice(-4000);
      throw new NightsweepError("ROOTS_FAILED", "knip", { detail: detail.replaceAll(directory, ".") });
    }
    const parsed = answer.parse(JSON.parse(await readFile(outputFile, "utf8")));
    return { ...parsed, configErrors: readConfigErrors(finished.stderr, directory) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The repository can be read and not changed: what is marked is what was committed. */
function confine({ sandbox, top }: Prison, answerFolder: string): Confinement {
  const modules = fileURLToPath(new URL("../..", import.meta.resolve("knip")));
  const own = [join(packageRoot, "src"), join(packageRoot, "dist"), join(packageRoot, "package.json")];
  const linked = join(packageRoot, "node_modules");
  return {
    sandbox,
    writable: [answerFolder],
    readable: [top, ...own, modules, linked],
    network: "none",
    limits: knipLimits,
  };
}

function readConfigErrors(stderr: string, directory: string): readonly string[] {
  const lines = stderr.split("\n").filter((line) => line.includes("Error loading"));
  return lines.map((line) => line.replace(/^.*Error loading /, "").replaceAll(`${directory}/`, ""));
}
