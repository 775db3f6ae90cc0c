import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import type { Spot } from "./table.ts";

/** What a tool says is dead: a whole file, a name, or a line of one. */
export type Finding = { readonly file: string; readonly name?: string; readonly line?: number };

/** A tool and how it looks at a folder. `version` is what the table is headed with. */
export type Tool = {
  readonly name: string;
  readonly version: string;
  readonly find: (directory: string, files: readonly string[]) => Promise<readonly Finding[]>;
};

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..", "..");
const megabytes = 64 * 1024 * 1024;

/** Standard output of a program; all of these tools end with an error code when they find something. */
async function outputOf(program: string, words: readonly string[], directory: string): Promise<string> {
  try {
    const { stdout } = await run(program, [...words], { cwd: directory, maxBuffer: megabytes });
    return stdout;
  } catch (error) {
    const failure = z.object({ code: z.number(), stdout: z.string() }).parse(error);
    return failure.stdout;
  }
}

const npx = (packages: readonly string[], words: readonly string[], directory: string): Promise<string> =>
  outputOf("npx", ["--yes", ...packages.flatMap((name) => ["-p", name]), "--", ...words], directory);

/** Ours, with every category. */
export const nightsweep: Tool = {
  name: "nightsweep",
  version: "this",
  find: async (directory, files) => {
    const { heap } = await markRepository({ directory, files });
    return findGarbage(heap).flatMap(({ members }) =>
      members.map(({ file, name, line }) =>
        file.endsWith(`/${name}`) || file === name ? { file } : { file, name: lastName(name), line },
      ),
    );
  },
};

function lastName(path: string): string {
  return path.split(/[.>(]/).at(-1) ?? path;
}

const knipNames = z.array(z.object({ name: z.string(), line: z.number().optional() }).loose());
const knipOutput = z.object({
  issues: z.array(z.object({ file: z.string(), files: knipNames }).catchall(z.unknown())),
});

const knip: Tool = {
  name: "knip",
  version: "6.42.1",
  find: async (directory) => {
    const words = [path.join(root, "node_modules", "knip", "bin", "knip.js"), "--reporter", "json"];
    const { issues } = knipOutput.parse(JSON.parse(await outputOf(process.execPath, words, directory)));
    return issues.flatMap(({ file, files, ...kinds }) => [
      ...files.map(() => ({ file })),
      ...Object.entries(kinds)
        .filter(([kind]) => !["binaries", "unlisted", "unresolved"].includes(kind))
        .flatMap(([, found]) => knipNames.catch([]).parse(found))
        .map(({ name, line }) => ({ file, name, ...(line === undefined ? {} : { line }) })),
    ]);
  },
};

const fallowItem = z
  .object({
    path: z.string(),
    line: z.number().optional(),
    export_name: z.string().optional(),
    member_name: z.string().optional(),
    package_name: z.string().optional(),
    entry_name: z.string().optional(),
  })
  .loose();

const fallow: Tool = {
  name: "fallow",
  version: "3.36.0",
  find: async (directory) => {
    const text = await npx([`fallow@${fallow.version}`], ["fallow", "dead-code", "--format", "json"], directory);
    const kinds = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return Object.entries(kinds)
      .filter(([kind]) => kind.startsWith("unused_") || kind === "stale_suppressions" || kind === "duplicate_exports")
      .flatMap(([, items]) => z.array(fallowItem).catch([]).parse(items))
      .map((item) => {
        const name = item.export_name ?? item.member_name ?? item.package_name ?? item.entry_name;
        return name === undefined
          ? { file: item.path }
          : { file: item.path, name, ...(item.line === undefined ? {} : { line: item.line }) };
      });
  },
};

/** Needs to be told the entries, as patterns; these are the right ones. With `-r` it ends in an assertion on the planted overloads. */
const tsr: Tool = {
  name: "tsr",
  version: "1.3.4",
  find: async (directory) => {
    const packages = [`tsr@${tsr.version}`, "typescript@5.9.3"];
    const text = await npx(packages, ["tsr", "src/main\\.ts$", "\\.test\\.ts$"], directory);
    return text.split("\n").flatMap((line): Finding[] => {
      const found = /^(?:file {3}(?<file>\S+)|export (?<path>[^:]+):(?<line>\d+):\d+ +'(?<name>[^']*)')/.exec(line);
      const { file, path: place, line: at, name } = found?.groups ?? {};
      if (file !== undefined) return [{ file }];
      return place === undefined || name === undefined ? [] : [{ file: place, name, line: Number(at) + 1 }];
    });
  },
};

const tsc: Tool = {
  name: "tsc",
  version: "6.0.3",
  find: async (directory) => {
    const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const words = [
      compiler,
      "--noUnusedLocals",
      "--noUnusedParameters",
      "--allowUnreachableCode",
      "false",
      "--pretty",
      "false",
    ];
    const text = await outputOf(process.execPath, words, directory);
    return text.split("\n").flatMap((line): Finding[] => {
      const found =
        /^(?<file>[^(]+)\((?<line>\d+),\d+\): error TS(?:6133|6138|6192|6196|7027): (?:'(?<name>[^']+)')?/.exec(line);
      const { file, line: at, name } = found?.groups ?? {};
      if (file === undefined) return [];
      return [{ file, line: Number(at), ...(name === undefined ? {} : { name }) }];
    });
  },
};

export const rivals: readonly Tool[] = [knip, fallow, tsr, tsc];

/** Whether a tool found a spot: by its name, by its line, or because it found the whole file. */
export function isFound(spot: Spot, findings: readonly Finding[], lineOf: (spot: Spot) => number | undefined): boolean {
  return findings.some((finding) => {
    if (finding.file !== spot.file) return false;
    if (finding.name === undefined && finding.line === undefined) return true;
    if (spot.name === undefined) return false;
    return finding.name === spot.name || (finding.line !== undefined && finding.line === lineOf(spot));
  });
}
