import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { exec } from "./exec.ts";
import { temporaryDirectory } from "./files.ts";
import { readForeignText } from "./foreign-file.ts";
import { packageRoot } from "./own-package.ts";
import type { Confinement, Sandbox } from "./sandbox.ts";

const namePatterns = z.array(z.object({ kind: z.enum(["name", "expression"]), text: z.string() }));

const ignore = z.object({
  directory: z.string(),
  files: z.array(z.string()),
  loads: z.array(z.string()),
  members: namePatterns,
  dependencies: namePatterns,
  binaries: namePatterns,
  usedInFile: z.boolean(),
});

const line = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("begun"), directory: z.string() }),
  z.object({
    kind: z.literal("answered"),
    directory: z.string(),
    entries: z.array(
      z.object({ file: z.string(), production: z.boolean(), reason: z.string(), guessed: z.boolean().optional() }),
    ),
    unusedDependencies: z.array(z.object({ manifest: z.string(), section: z.string(), name: z.string() })),
    /** Folders of the packages that this root covers. */
    workspaces: z.array(z.string()),
    /** Configuration files that did not load, as knip words it. */
    configErrors: z.array(z.string()),
    /** What its configuration wants to be left alone. */
    ignores: z.object({ packages: z.array(ignore), onlyTags: z.array(z.string()), neverTags: z.array(z.string()) }),
  }),
  z.object({ kind: z.literal("failed"), directory: z.string(), reason: z.string() }),
]);
type Line = z.output<typeof line>;

/** What knip knows of one package root, with paths relative to it; or why it could not read it. */
export type KnipAnswer = Exclude<Line, { readonly kind: "begun" }>;

type Options = {
  /** Roots beyond that many are left without an answer. */
  readonly mostRoots: number;
  /** For one child process, which answers for several roots. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly prison?: Prison | undefined;
};

/** What the repository, whose top folder may lie above the package root, is enclosed in. */
type Prison = { readonly sandbox: Sandbox; readonly top: string };

/** knip reads every source file of a workspace at once. */
const knipLimits = { memoryMegabytes: 8192, diskMegabytes: 1024, processes: 512 };

/**
 * Asks knip for the entry files of the package roots in these folders (absolute, outer ones first); one that an earlier
 * root covers as a workspace has no answer of its own. It runs in a child process with a clean environment, because knip's
 * plugins execute the repository's configuration files. One that ends the process, or is not done when the time is over,
 * loses its own package root: the others are asked again without it, each time with the whole time.
 */
export async function askKnip(directories: readonly string[], options: Options): Promise<readonly KnipAnswer[]> {
  const answers: KnipAnswer[] = [];
  let pending = directories;
  // Each round answers for at least the first of the folders.
  while (pending.length > 0 && answers.length < options.mostRoots) {
    answers.push(...(await askOnce(pending, { ...options, mostRoots: options.mostRoots - answers.length })));
    const settled = new Set(answers.flatMap((answer) => [answer.directory, ...coveredBy(answer)]));
    pending = pending.filter((directory) => !settled.has(directory));
  }
  return answers;
}

function coveredBy(answer: KnipAnswer): readonly string[] {
  return answer.kind === "answered" ? answer.workspaces.map((workspace) => join(answer.directory, workspace)) : [];
}

async function askOnce(directories: readonly string[], options: Options): Promise<readonly KnipAnswer[]> {
  const [first = ""] = directories;
  await using folder = await temporaryDirectory("nightsweep-roots-");
  const child = join(import.meta.dirname, `knip-child${extname(import.meta.filename)}`);
  const finished = await exec({
    command: ["node", child, join(folder.path, answerFile), String(options.mostRoots), ...directories],
    cwd: first,
    timeoutMs: options.timeoutMs,
    confinement: options.prison === undefined ? undefined : confine(options.prison, folder.path),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const lines = await readLines(folder.path);
  const answers = lines.filter((one) => one.kind !== "begun");
  const begun = lines.findLast(({ kind }) => kind === "begun")?.directory ?? first;
  if (answers.some(({ directory }) => directory === begun)) return answers;
  const reason = finished.timedOut ? `no answer within ${options.timeoutMs} ms` : finished.stderr.slice(-4000);
  return [...answers, { kind: "failed", directory: begun, reason: reason.replaceAll(begun, ".") }];
}

const answerFile = "answers.jsonl";

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

/** The lines that were written whole. */
async function readLines(folder: string): Promise<readonly Line[]> {
  const text = (await readForeignText(folder, answerFile)) ?? "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole.split("\n").flatMap((one) => (one === "" ? [] : [line.parse(JSON.parse(one))]));
}
