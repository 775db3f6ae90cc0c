/**
 * Asks others about everything that nightsweep would delete without a doubt: ESLint about imports, locals and parameters,
 * and for the rest every tracked text, whether its name stands anywhere but in what goes. Where they disagree a person has
 * to read; the list is printed. `npm run second-opinion -- <repository>...`
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { tryDocumentSchema, type TryDocument } from "../../src/core/try-document.ts";

type Found = TryDocument["candidates"][number];

/** What somebody else says of one candidate: nothing against it, or where it may be used. */
type Opinion = { readonly found: Found; readonly against: readonly string[] };

const linted: ReadonlySet<string> = new Set(["unused-import", "unused-local", "unused-parameter"]);
/** Nobody else can be asked about these. */
const unasked: ReadonlySet<string> = new Set([
  "surplus-export",
  "missing-entry",
  "unreachable-code",
  "stale-flag",
  "unused-directive",
  "commented-code",
]);

const { positionals } = parseArgs({ allowPositionals: true });
for (const repository of positionals) report(repository, look(resolve(repository)));

function look(directory: string): { readonly sure: readonly Found[]; readonly opinions: readonly Opinion[] } {
  const cli = resolve(import.meta.dirname, "../../src/cli.ts");
  const document = tryDocumentSchema.parse(
    JSON.parse(run([process.execPath, cli, "try", directory, "--no-verify", "--json"], directory)),
  );
  const commit = document.base?.commit ?? "HEAD";
  const sure = document.candidates.filter(({ assurance }) => assurance !== "suspected");
  const show = (file: string) => run(["git", "show", `${commit}:${file}`], directory);
  const named = sure.filter(({ category }) => !linted.has(category) && !unasked.has(category));
  const opinions = [
    ...sure.filter(({ category }) => linted.has(category)).map((found) => askLinter(found, show)),
    ...askTexts(named, sure, { directory, commit }),
  ];
  return { sure, opinions };
}

function askLinter(found: Found, show: (file: string) => string): Opinion {
  const { file, line, name } = found.subject;
  const messages = new Linter({ configType: "flat" }).verify(
    show(file),
    [
      {
        files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"],
        languageOptions: {
          parser: tseslint.parser,
          parserOptions: { ecmaFeatures: { jsx: !/\.[cm]?ts$/.test(file) } },
        },
        plugins: { "@typescript-eslint": tseslint.plugin },
        rules: { "@typescript-eslint/no-unused-vars": ["error", { args: "all", caughtErrors: "none" }] },
      },
    ],
    { filename: file },
  );
  const own = name.replace(/^.*[>(]/, "");
  const agrees = messages.some(
    (message) => message.message.startsWith(`'${own}'`) && message.line >= line && message.line <= endOf(found),
  );
  return { found, against: agrees ? [] : [`${file}:${line} ESLint takes ${own} for used`] };
}

function endOf({ subject, members }: Found): number {
  return Math.max(subject.line, ...members.filter(({ file }) => file === subject.file).map(({ endLine }) => endLine));
}

/** A search for all names; what stands in code that goes too, in a lock file or in prose is no use. */
function askTexts(
  named: readonly Found[],
  sure: readonly Found[],
  place: { readonly directory: string; readonly commit: string },
): readonly Opinion[] {
  const words = named.flatMap(wordsOf);
  const places = [
    ...grep(words.filter(isName), ["-w"], place),
    ...grep(
      words.filter((word) => !isName(word)),
      [],
      place,
    ),
  ];
  const leaving = sure.filter(({ category }) => category !== "surplus-export").flatMap(({ members }) => members);
  const byFile = Map.groupBy(leaving, ({ file }) => file);
  const goes = (file: string, line: number) =>
    byFile.get(file)?.some((member) => member.line <= line && line <= member.endLine) === true;
  return named.map((found) => {
    const own = places.filter(({ word, file, line }) => wordsOf(found).includes(word) && !goes(file, line));
    return { found, against: own.map(({ file, line }) => `${file}:${line}`) };
  });
}

function isName(word: string): boolean {
  return !word.startsWith("/");
}

function grep(
  words: readonly string[],
  options: readonly string[],
  { directory, commit }: { readonly directory: string; readonly commit: string },
): readonly { readonly file: string; readonly line: number; readonly word: string }[] {
  if (words.length === 0) return [];
  const aside = ["*-lock.*", "*.lock", "*.lockb", "*.md", "*.mdx", "*.svg", "*.snap", "CHANGELOG*"].map(
    (glob) => `:(exclude,glob)**/${glob}`,
  );
  const patterns = [...new Set(words)].flatMap((word) => ["-e", word]);
  const hits = run(["git", "grep", "-InoF", ...options, ...patterns, commit, "--", ".", ...aside], directory);
  return hits.split("\n").flatMap((hit) => {
    const [, file = "", line = "", word = ""] = /^[^:]+:(.*?):(\d+):(.*)$/.exec(hit) ?? [];
    return file === "" ? [] : [{ file, line: Number(line), word }];
  });
}

/** What others would spell: the last name of a path, the package, or the name of a file as an import ends with it. */
function wordsOf({ category, subject: { file, name } }: Found): readonly string[] {
  if (category === "unused-dependency") return [name];
  if (category !== "unused-file") return [name.replace(/^.*[.>(#]/, "")];
  const stem = file.replace(/(\/index)?\.[cm]?[jt]sx?$/, "").replace(/^.*\//, "");
  return ["'", '"', ".", "`"].map((end) => `/${stem}${end}`);
}

function report(repository: string, { sure, opinions }: ReturnType<typeof look>): void {
  const lines = [...Map.groupBy(opinions, ({ found }) => found.category)].flatMap(([category, asked]) => {
    const doubted = asked.filter(({ against }) => against.length > 0);
    return [
      `  ${category}: ${asked.length - doubted.length} of ${asked.length} confirmed`,
      ...doubted.map(
        ({ found: { subject }, against }) =>
          `    read ${subject.file}:${subject.line} ${subject.name} (${against.slice(0, 3).join(", ")}${against.length > 3 ? ", …" : ""})`,
      ),
    ];
  });
  const alone = sure.filter(({ category }) => unasked.has(category) && category !== "surplus-export");
  const unseen = alone.map(
    ({ category, subject }) => `    read ${category} ${subject.file}:${subject.line} ${subject.name}`,
  );
  process.stdout.write([repository, ...lines, ...unseen, ""].join("\n"));
}

function run([program, ...words]: readonly [string, ...string[]], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(program, words, { cwd, encoding: "utf8", maxBuffer: 1 << 30 });
  // A search that finds nothing ends with 1, and so does a look at a repository that was stopped: then there is no JSON.
  if (status !== 0 && stderr !== "" && stdout === "") throw new Error(`${program} ${words[0] ?? ""}: ${stderr}`);
  return stdout;
}
