/**
 * What nightsweep and its rivals take out of a real repository when they are let loose on it with their default settings,
 * and what the compiler says afterwards: `npm run yield -- <checkout> [--project tsconfig.json]... [--only <tool>]...`.
 * The checkout has its dependencies installed and nothing uncommitted; it is as before when this ends. tsr asks for regular
 * expressions of entries: it gets every root that nightsweep knows, which is more than its users will write down.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { gitIn, markCheckout, sweepAll } from "../precision/sweep-all.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    project: { type: "string", multiple: true, default: ["tsconfig.json"] },
    only: { type: "string", multiple: true, default: [] },
  },
});
const directory = path.resolve(positionals[0] ?? ".");
const tools = path.resolve(import.meta.dirname, "..", "..", "node_modules");

type Output = { readonly stdout: string; readonly stderr: string; readonly status: number | null };

function run(program: string, words: readonly string[]): Output {
  return spawnSync(program, words, { cwd: directory, encoding: "utf8", maxBuffer: 1 << 28 });
}

const git = (...words: readonly string[]): string => gitIn(directory, ...words);
const npx = (packages: readonly string[], words: readonly string[]): Output =>
  run("npx", ["--yes", ...packages.flatMap((name) => ["-p", name]), "--", ...words]);

/** Its own answer is shown, since it ends well when it finds no file for its entries. */
async function runTsr(): Promise<void> {
  const entries = (await markCheckout(directory)).roots.map(
    ({ file }) => `/${file.replace(/[.+*?^${}()|[\]\\]/g, "\\$&")}$`,
  );
  for (const project of values.project) {
    const { stdout, stderr } = npx(["tsr@1.3.4", "typescript@5.9.3"], ["tsr", "-w", "-p", project, ...entries]);
    process.stderr.write(`tsr -p ${project}: ${`${stdout}${stderr}`.trim().split("\n").at(-1) ?? ""}\n`);
  }
}

const contestants: readonly (readonly [string, () => unknown])[] = [
  ["nightsweep", async () => sweepAll(directory, await markCheckout(directory))],
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
  ["tsr -w", runTsr],
];

/** The errors of the repository's own compiler, without their places, which a sweep moves. */
function compile(): readonly string[] {
  const own = path.join(directory, "node_modules", "typescript", "bin", "tsc");
  const said = values.project.map(
    (project) => run(process.execPath, [own, "--noEmit", "--pretty", "false", "-p", project]).stdout,
  );
  return said
    .join("\n")
    .split("\n")
    .flatMap((line) => (/error TS\d+/.test(line) ? [line.replace(/\(\d+,\d+\)/, "")] : []));
}

if (git("status", "--porcelain") !== "") throw new Error(`${directory} has uncommitted changes`);
const before = compile();
const rows: string[] = [];
for (const [name, sweep] of contestants) {
  if (values.only.length > 0 && !values.only.includes(name)) continue;
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
    git("clean", "--quiet", "--force");
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
