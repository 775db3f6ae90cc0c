import type { RepoPath } from "../core/names.ts";
import type { Declarations } from "../io/declarations.ts";

type Statement = { readonly file: RepoPath; readonly text: string; readonly words: readonly string[] };

/**
 * The part of the declarations that the entries offer: their own statements, and of all other files the statements that
 * declare a name which these mention, and so on. Names are compared as words, so it is rather too much than too little.
 * The word export counts only where it offers something by itself: in an entry and behind a star. null when an entry has
 * no declarations.
 */
export function publicApi(declarations: Declarations, entries: readonly RepoPath[]): string | null {
  const wanted = entries.map(declarationOf);
  if (wanted.some((file) => declarations[file] === undefined)) return null;
  const statements = Object.entries(declarations).flatMap(([file, text]) => statementsOf(file, text));
  const byName = Map.groupBy(
    statements.flatMap((statement) => namesOf(statement.text).map((name) => ({ name, statement }))),
    ({ name }) => name,
  );
  const byModule = Map.groupBy(statements, ({ file }) => moduleOf(file));
  const reached = new Set(statements.filter(({ file }) => wanted.includes(file)));
  const open = new Set(wanted);
  // A set goes on to what is added to it while it is gone through.
  for (const statement of reached) {
    for (const word of statement.words) for (const found of byName.get(word) ?? []) reached.add(found.statement);
    for (const found of wholeTargets(statement, byModule)) {
      reached.add(found);
      open.add(found.file);
    }
  }
  return [...reached]
    .map(({ file, text }) => `${file}\n${open.has(file) ? text : text.replace(/^export (?!default\b|=|\*|\{)/, "")}`)
    .toSorted()
    .join("\n");
}

function declarationOf(entry: RepoPath): RepoPath {
  return entry.replace(/(?<!\.d)\.([cm]?)[jt]sx?$/, ".d.$1ts");
}

/** The compiler begins each statement in the first column and indents the rest of it. */
function statementsOf(file: RepoPath, text: string): readonly Statement[] {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, "");
  return withoutComments
    .split(/\n(?=[A-Za-z@])/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "" && !statement.startsWith("//") && statement !== "export {};")
    .map((statement) => ({ file, text: statement, words: wordsOf(statement) }));
}

/** Words of the language, which name nothing. */
const language = new Set(
  `abstract any as asserts bigint boolean class const declare default enum export extends false from function get import
  in infer interface is keyof let module namespace never new null number object private protected public readonly set
  static string symbol this true type typeof undefined unique unknown var void`.split(/\s+/),
);

function wordsOf(text: string): readonly string[] {
  const words = text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];
  return [...new Set(words)].filter((word) => !language.has(word));
}

/** The names that a statement gives something; a list of variables gives several. */
function namesOf(statement: string): readonly string[] {
  if (/^import\b|^export\s*(?:type\s*)?[{*]/.test(statement)) return wordsOf(statement.replace(/["'].*$/s, ""));
  const variables = /^(?:export\s+)?(?:declare\s+)?(?:const|let|var)\s+(?!enum\b)/.exec(statement);
  if (variables !== null) return statement.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*(?=\s*[:;,=])/gu) ?? [];
  const head =
    /^(?:(?:export|default|declare|abstract|const)\s+)*(?:enum|class|interface|type|namespace|module|function)\s+([\w$]+)/;
  const name = head.exec(statement)?.[1];
  return name === undefined ? [] : [name];
}

/** What a statement leads to without naming it: all of a module behind a star, the nameless export behind a default. */
function wholeTargets(
  { file, text }: Statement,
  byModule: ReadonlyMap<string, readonly Statement[]>,
): readonly Statement[] {
  const source = /^(import|export)\b([^"']*)["'](\.[^"']*)["']/.exec(text);
  if (source === null) return [];
  const [, word, clause = "", specifier = ""] = source;
  const target = moduleOf(resolve(file, specifier));
  const inTarget = [target, `${target}/index`].flatMap((module) => byModule.get(module) ?? []);
  if (clause.includes("*")) return inTarget;
  const isDefault = /\bdefault\b/.test(clause) || (word === "import" && /^\s*(?:type\s+)?[\w$]/.test(clause));
  return isDefault ? inTarget.filter(({ text: one }) => /^export\s*(?:default\b|=)/.test(one)) : [];
}

function resolve(file: RepoPath, specifier: string): RepoPath {
  const path = file.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return path.join("/");
}

function moduleOf(path: RepoPath): string {
  return path.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
}
