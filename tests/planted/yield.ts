/**
 * What nightsweep and its rivals take out of a real repository when they are let loose on it with their default settings,
 * and what the compiler says afterwards: `npm run yield -- <checkout> [--project tsconfig.json] [--entry <regular expression>]`.
 * The checkout has its dependencies installed and nothing uncommitted; it is as before when this ends.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { markRepository } from "../../src/mark/mark.ts";
import { findGarbage } from "../../src/passes/find.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: "string", default: "tsconfig.json" },
    entry: { type: "string", multiple: true, default: [] },
  },
});
const directory = path.resolve(positionals[0] ?? ".");
const tools = path.resolve(import.meta.dirname, "..", "..", "node_modules");

type Output = { readonly stdout: string; readonly status: number | null };

function run(program: string, words: readonly string[]): Output {
  return spawnSync(program, words, { cwd: directory, encoding: "utf8", maxBuffer: 1 << 28 });
}

const git = (...words: readonly string[]): string => run("git", words).stdout;
const npx = (packages: readonly string[], words: readonly string[]): Output =>
  run("npx", ["--yes", ...packages.flatMap((name) => ["-p", name]), "--", ...words]);

/** Everything that no ambiguous root speaks for, at once: more than a night would ever propose. */
async function sweepAll(): Promise<void> {
  const files = git("ls-files", "-z")
    .split("\0")
    .filter((file) => file !== "" && existsSync(path.join(directory, file)));
  const { heap } = await markRepository({ directory, files: files.toSorted(), types: true });
  const sure = findGarbage(heap).filter(
    ({ ambiguous, category }) =>
      ambiguous.length === 0 && category !== "missing-entry" && category !== "commented-code",
  );
  const keys = new Set(sure.map(({ category, subject }) => `${category} ${subject.file}#${subject.name}`));
  const edits = sure
    .filter(({ requires }) => requires.every((key) => keys.has(key)))
    .flatMap((garbage) => garbage.edits);
  const texts = Object.fromEntries(
    [...new Set(edits.map(({ file }) => file))].map((file) => [file, readFileSync(path.join(directory, file), "utf8")]),
  );
  for (const change of mergeEdits(edits, texts)) {
    if (change.kind === "delete") rmSync(path.join(directory, change.file));
    else writeFileSync(path.join(directory, change.file), change.text);
  }
}

const contestants: readonly (readonly [string, () => unknown])[] = [
  ["nightsweep", sweepAll],
  ["knip --fix", () => run(process.execPath, [path.join(tools, "knip", "bin", "knip.js"), "--fix", "--no-exit-code"])],
  [
    "knip --fix --allow-remove-files",
    () =>
      run(process.execPath, [
        path.join(tools, "knip", "bin", "knip.js"),
        "--fix",
        "--allow-remove-files",
        "--no-exit-code",
      ]),
  ],
  ["fallow fix", () => npx(["fallow@3.36.0"], ["fallow", "fix", "--yes"])],
  ["tsr -w", () => npx(["tsr@1.3.4", "typescript@5.9.3"], ["tsr", "-w", "-p", values.project, ...values.entry])],
];

/** The errors of the repository's own compiler, without their places, which a sweep moves. */
function compile(): readonly string[] {
  const own = path.join(directory, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = run(process.execPath, [own, "--noEmit", "--pretty", "false", "-p", values.project]);
  return stdout.split("\n").flatMap((line) => (/error TS\d+/.test(line) ? [line.replace(/\(\d+,\d+\)/, "")] : []));
}

if (git("status", "--porcelain") !== "") throw new Error(`${directory} has uncommitted changes`);
const before = compile();
const rows: string[] = [];
for (const [name, sweep] of contestants) {
  try {
    await sweep();
    const known = [...before];
    const fresh = compile().filter((error) => {
      const at = known.indexOf(error);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    const [, files = "0"] = /(\d+) files? changed/.exec(git("diff", "--shortstat")) ?? [];
    const [, removed = "0"] = /(\d+) deletion/.exec(git("diff", "--shortstat")) ?? [];
    const [, added = "0"] = /(\d+) insertion/.exec(git("diff", "--shortstat")) ?? [];
    const deleted = git("diff", "--diff-filter=D", "--name-only").split("\n").filter(Boolean).length;
    rows.push(`| ${name} | ${files} | ${deleted} | -${removed} +${added} | ${fresh.length} |`);
    for (const error of fresh.slice(0, 3)) process.stderr.write(`${name}: ${error}\n`);
  } finally {
    git("checkout", "--quiet", "--", ".");
  }
}
process.stdout.write(
  [
    `${path.basename(directory)} at ${git("rev-parse", "--short", "HEAD").trim()}, ${before.length} errors before`,
    "",
    "| tool | files changed | files deleted | lines | new errors |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n"),
);
