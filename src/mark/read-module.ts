import type { Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";
import { createBindings, type Bindings } from "./bindings.ts";
import { readPrints } from "./code-print.ts";
import { applyKeeps, keepOf, readKeeps } from "./annotations.ts";
import { isDeclaration, mergeByName, readDeclarations } from "./declarations.ts";
import { collectLocals } from "./locals.ts";
import { isWrittenByTool } from "./generated.ts";
import { createNamePaths, type NamePaths } from "./name-paths.ts";
import { findUnusedParameters } from "./parameters.ts";
import { collectUses, type Walked } from "./uses.ts";
import { collectWrites } from "./write-only.ts";
import type { Declaration, ExportEntry, ImportBinding, Module } from "./module.ts";
import { noFolding, readDeadCode, type Folding } from "./read-dead-code.ts";
import { readMembers } from "./read-members.ts";
import { dottedName, purityOf, type PurityContext } from "./purity.ts";
import { localNames, nodeAt, nodesAt, parseSource, textAt, type SyntaxNode } from "./syntax.ts";
import { readNotes } from "./read-notes.ts";
import { narrowRequires, readCommonJs } from "./read-commonjs.ts";
import {
  readDefaultExport,
  readExportAll,
  readImport,
  readImportEquals,
  readNamedExport,
  type Draft,
} from "./read-statements.ts";

/** A file that was read, or one that the parser refused: then only its words are known. */
export type ReadModule = Module | { readonly file: RepoPath; readonly text: string; readonly unparsed: string };

/** Why a file is not read that is nested deeper than a stack can follow. */
export const tooDeep = "its code is nested too deeply";

/**
 * Reads one source file into what the mark needs. One that is nested deeper than a stack can follow, such as a sum of
 * thousands of texts that a tool wrote, counts as one that the parser refused.
 */
export function readModule(file: RepoPath, text: string, folding = noFolding): ReadModule {
  try {
    return readWhole(file, text, folding);
  } catch (error) {
    if (error instanceof RangeError) return { file, text, unparsed: tooDeep };
    throw error;
  }
}

function readWhole(file: RepoPath, text: string, folding: Folding): ReadModule {
  const syntax = parseSource(file, text);
  if (syntax.kind === "unparsed") return { file, text, unparsed: syntax.reason };
  const draft = emptyDraft();
  for (const statement of syntax.body) if (statement.type === "ImportDeclaration") readImport(statement, draft);
  const bindings = createBindings(syntax.body);
  const context = { ...toPurityContext(syntax.body, draft.imports, text), bindings };
  const commonJs = readStatements(syntax.body, draft, context);
  const declarations = mergeByName([
    ...draft.declarations,
    ...draft.attached.flatMap((part) => asPart(part, draft.declarations)),
  ]);
  const members = readMembers(draft.walked, declarations, context);
  const walked = collectUses(draft, declarations, { file, text, comments: syntax.comments, keys: members.keys });
  const pathAt = createNamePaths(walked.named);
  const importedNames = new Set(draft.imports.map(({ local }) => local));
  const deadCode = readDeadCode({ ...syntax, ...walked, bindings, text, importedNames, pathAt }, folding);
  const lineStarts = findLineStarts(text);
  const notes = readNotes(syntax, { file, text, lineStarts });
  const keeps = readKeeps(syntax.comments);
  const inner = [...members.inner, ...deadCode.inner];
  return {
    file,
    text,
    effects: draft.effects,
    prints: readPrints(syntax.body),
    unusedParameters: readParameters(draft, walked, { text, bindings, keeps, pathAt }),
    ...deadCode,
    ...applyKeeps({ file, text, declarations, inner }, keeps),
    shapes: members.shapes,
    mentions: walked.mentions,
    looseMentions: walked.looseMentions,
    writtenKeys: walked.writtenKeys,
    imports: draft.imports,
    statements: draft.statements,
    exports: firstOfEachName(draft.exports),
    stars: draft.stars,
    uses: walked.uses,
    references: narrowRequires(walked.references, { ...draft, body: syntax.body, uses: walked.uses }),
    words: walked.words,
    unusedLocals: collectLocals(walked.locals, walked.names, {
      pathAt,
      text,
      lineStarts,
      purity: context,
      writes: collectWrites(walked.choices),
    }).filter(({ span, item }) => keepOf(item?.owner ?? span, keeps, text) === undefined),
    script: !commonJs && isScript(draft, text),
    commonJs: commonJs || draft.exports.some((entry) => entry.name === "export="),
    declarationFile: /\.d\.[cm]?ts$/.test(file),
    hasJsx: walked.hasJsx,
    ambient: /^[ \t]*(?:export\s+)?declare\s+(?:global\b|module\s+["'])/m.test(text),
    generated: isWrittenByTool(text, syntax.comments),
    lineStarts,
    ...(notes === undefined ? {} : { notes }),
  };
}

function isScript({ statements, exports, stars }: Draft, text: string): boolean {
  return statements.length + exports.length + stars.length === 0 && !/\brequire\(|import\.meta/.test(text);
}

type ParameterFrame = {
  readonly text: string;
  readonly bindings: Bindings;
  readonly keeps: ReturnType<typeof readKeeps>;
  readonly pathAt: NamePaths;
};

function readParameters(
  { exports }: Draft,
  { choices, names }: Walked,
  { text, bindings, keeps, pathAt }: ParameterFrame,
): Module["unusedParameters"] {
  const { isBoundOnce } = bindings;
  const exported = new Set(exports.flatMap(({ source }) => (source.kind === "local" ? [source.local] : [])));
  const isKept = ({ span }: { readonly span: Span }) => keepOf(span, keeps, text) !== undefined;
  return findUnusedParameters({ text, nodes: choices, names, exported, isBoundOnce, pathAt }).filter(
    (found) => !found.names.some(isKept),
  );
}

function firstOfEachName(entries: readonly ExportEntry[]): readonly ExportEntry[] {
  const byName = new Map<string, ExportEntry>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
}

function emptyDraft(): Draft {
  return {
    declarations: [],
    attached: [],
    effects: [],
    imports: [],
    statements: [],
    exports: [],
    stars: [],
    walked: [],
  };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Reads all statements, and says whether they are of a CommonJS module. */
function readStatements(body: readonly SyntaxNode[], draft: Draft, context: PurityContext): boolean {
  const exporting = readCommonJs(body, draft, context);
  for (const statement of body) if (!exporting.has(statement)) readStatement(statement, draft, context);
  const mentions = /\b(module\.exports|exports\.[\w$]+\s*=|exports\[)/.test(context.text);
  return exporting.size > 0 || (mentions && draft.exports.length === 0);
}

function readStatement(statement: SyntaxNode, draft: Draft, context: PurityContext): void {
  switch (statement.type) {
    case "ImportDeclaration":
    case "EmptyStatement":
      return;
    case "ExportNamedDeclaration":
      readNamedExport(statement, draft, context);
      return;
    case "ExportDefaultDeclaration":
      readDefaultExport(statement, draft, context);
      return;
    case "ExportAllDeclaration":
      readExportAll(statement, draft);
      return;
    case "TSExportAssignment":
      draft.exports.push({ name: "export=", source: { kind: "local", local: "export=" }, typeOnly: false });
      addEffect(statement, draft, []);
      return;
    case "TSImportEqualsDeclaration":
      readImportEquals(statement, statement, draft, context);
      return;
    default:
      readPlainStatement(statement, draft, context);
  }
}

function readPlainStatement(statement: SyntaxNode, draft: Draft, context: PurityContext): void {
  if (isDeclaration(statement)) {
    draft.walked.push(statement);
    draft.declarations.push(...readDeclarations(statement, statement, context));
    return;
  }
  if (textAt(statement, "directive") !== undefined) return;
  const attached = readAttached(statement, context);
  if (attached !== undefined) {
    draft.attached.push(attached);
    draft.walked.push(statement);
  } else addEffect(statement, draft, purityOf(nodeAt(statement, "expression"), context));
}

/** `Component.displayName = "…"` belongs to the component; it is no reason to keep it. */
function readAttached(statement: SyntaxNode, context: PurityContext): Draft["attached"][number] | undefined {
  const expression = nodeAt(statement, "expression");
  if (statement.type !== "ExpressionStatement" || expression?.type !== "AssignmentExpression") return undefined;
  const target = dottedName(nodeAt(expression, "left"))?.split(".") ?? [];
  const [name = ""] = target;
  if (target.length < 2 || textAt(expression, "operator") !== "=" || !isFresh(context.declared.get(name), context))
    return undefined;
  const purity = purityOf(nodeAt(expression, "right"), context);
  return purity === null ? undefined : { name, span: { start: statement.start, end: statement.end }, pureIf: purity };
}

/** Whether a value was made here: setting a property of an object from elsewhere may be seen elsewhere. */
function isFresh(value: SyntaxNode | undefined, context: PurityContext): boolean {
  if (value === undefined) return false;
  return (
    /Function|Class|^ObjectExpression$|^ArrayExpression$/.test(value.type) ||
    (value.type === "CallExpression" && purityOf(value, context)?.length === 0)
  );
}

function asPart(attached: Draft["attached"][number], declarations: readonly Declaration[]): readonly Declaration[] {
  const owner = declarations.find((declaration) => declaration.names.includes(attached.name));
  if (owner === undefined) return [];
  return [{ ...owner, names: [attached.name], parts: [{ span: attached.span }], pureIf: attached.pureIf, pure: true }];
}

function addEffect(statement: SyntaxNode, draft: Draft, pureIf: readonly string[] | null): void {
  draft.walked.push(statement);
  draft.effects.push({ span: { start: statement.start, end: statement.end }, pureIf: pureIf ?? [] });
}

function toPurityContext(
  body: readonly SyntaxNode[],
  imports: readonly ImportBinding[],
  text: string,
): Omit<PurityContext, "bindings"> {
  const declared = new Map<string, SyntaxNode | undefined>();
  for (const statement of body) {
    const inner = statement.type.startsWith("Export") ? nodeAt(statement, "declaration") : statement;
    if (inner === undefined || !isDeclaration(inner)) continue;
    const isVariable = inner.type === "VariableDeclaration";
    for (const holder of isVariable ? nodesAt(inner, "declarations") : [inner]) {
      for (const name of localNames(holder)) declared.set(name, isVariable ? nodeAt(holder, "init") : inner);
    }
  }
  const imported = new Map(
    imports.map((binding) => [binding.local, { specifier: binding.specifier, name: binding.imported }]),
  );
  return { text, declared, imported };
}
