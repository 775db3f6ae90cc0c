import ts from "typescript";
import type { Tree } from "../passes/fixtures.ts";

const globals = `
interface Array<Item> { length: number; push(item: Item): number; map<To>(to: (item: Item) => To): To[]; forEach(run: (item: Item) => void): void; [index: number]: Item }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {} interface NewableFunction {}
interface Number {} interface Object {} interface RegExp {} interface String {} interface Error { message: string }
declare const console: any, Reflect: any, Map: any, Array: any, Object: any, String: any, Number: any, Error: any;
`;

const options: ts.CompilerOptions = {
  noLib: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // As in a package of the type "module"; else a file that keeps its effects only would turn into a script.
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  strict: false,
};

/**
 * Complaints about names: not found, not exported, no module, declared in part only. Others depend on the order in which
 * the compiler looks at a circle, and on the export by which it spells a type.
 */
const aboutNames: ReadonlySet<number> = new Set([
  2300, 2304, 2305, 2306, 2307, 2383, 2389, 2391, 2395, 2451, 2459, 2460, 2503, 2552, 2613, 2614, 2694, 2724, 2749,
]);

const parsed = new Map<string, ts.SourceFile>();

/** What the compiler says of a program, each complaint once, without the line: lines move when a program is swept. */
export function typeCheck(tree: Tree): ReadonlySet<string> {
  const files = new Map([...Object.entries(tree).filter(([file]) => file.endsWith(".ts")), ["globals.d.ts", globals]]);
  const host: ts.CompilerHost = {
    fileExists: (file) => files.has(bare(file)),
    readFile: (file) => files.get(bare(file)),
    getSourceFile: (file, how) => sourceFile(bare(file), files.get(bare(file)), how),
    getDefaultLibFileName: () => "globals.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
  };
  const program = ts.createProgram({ rootNames: [...files.keys()].map((file) => `/${file}`), options, host });
  const complaints = program.getSemanticDiagnostics().filter(({ code, messageText }) => {
    const isMember = code === 2339 && ts.flattenDiagnosticMessageText(messageText, " ").includes("'typeof import(");
    return isMember || aboutNames.has(code);
  });
  const diagnostics = [...program.getSyntacticDiagnostics(), ...complaints];
  return new Set(
    diagnostics.map(
      ({ file, code, messageText }) =>
        `${bare(file?.fileName ?? "")} TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    ),
  );
}

function bare(file: string): string {
  return file.replace(/^\//, "");
}

/** The file with the globals is the same for every program; the others are not worth remembering. */
function sourceFile(
  file: string,
  text: string | undefined,
  how: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  if (text === undefined) return undefined;
  const known = file === "globals.d.ts" ? parsed.get(file) : undefined;
  const source = known ?? ts.createSourceFile(`/${file}`, text, how);
  if (file === "globals.d.ts") parsed.set(file, source);
  return source;
}
