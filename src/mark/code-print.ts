import type { Span } from "../core/edit.ts";
import { shortHash } from "../core/text-hash.ts";
import { readCodeNames, referenceName, type CodeNames } from "./code-names.ts";
import { isFixedValue } from "./fixed-value.ts";
import { isFunctionNode, isNode, localNames, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/*
 * The print of a declaration is what it does, whatever it calls its own things: its tree without comments and layout, with
 * numbers for its own names and for those that it takes from outside. Two declarations with one print are copies of each
 * other if these outer names mean the same things, which is not for one module to say.
 */

/** What a declaration of a module does, apart from the names of its own things. */
export type CodePrint = {
  readonly kind: "function" | "type" | "constant";
  readonly name: string;
  /** The statement that declares it, with the word `export`. */
  readonly span: Span;
  readonly hash: string;
  /** The names that it takes from outside, in order; its own name is none of them. */
  readonly outer: readonly string[];
};

/** A declaration by itself: what it is called, and the node that says what it is. */
type Unit = Pick<CodePrint, "kind" | "name" | "span"> & { readonly root: SyntaxNode };

/** The prints of the functions, types and constants of a module. */
export function readPrints(body: readonly SyntaxNode[]): readonly CodePrint[] {
  return body.flatMap((statement) => {
    const unit = unitOf(statement);
    if (unit === undefined) return [];
    const read = readUnit(unit);
    if (read === undefined) return [];
    const numbers = new Map(read.outer.map((name, index) => [name, `@${index}`]));
    const hash = shortHash(read.spell((name) => numbers.get(name) ?? name));
    const { kind, name, span } = unit;
    return [{ kind, name, span, hash, outer: read.outer }];
  });
}

/** What a statement of a module declares, if that is one function, type or constant under one name. */
function unitOf(statement: SyntaxNode): Unit | undefined {
  const isExport = statement.type === "ExportNamedDeclaration";
  const declaration = isExport ? nodeAt(statement, "declaration") : statement;
  if (declaration === undefined || declaration["declare"] === true) return undefined;
  const span = { start: statement.start, end: statement.end };
  switch (declaration.type) {
    case "FunctionDeclaration":
      return { kind: "function", name: localNames(declaration)[0] ?? "", span, root: declaration };
    case "TSTypeAliasDeclaration":
    case "TSInterfaceDeclaration":
      return { kind: "type", name: localNames(declaration)[0] ?? "", span, root: declaration };
    case "VariableDeclaration":
      return constantOf(declaration, span);
    default:
      return undefined;
  }
}

function constantOf(declaration: SyntaxNode, span: Span): Unit | undefined {
  const [declarator, ...rest] = nodesAt(declaration, "declarations");
  if (declarator === undefined || rest.length > 0 || textAt(declaration, "kind") !== "const") return undefined;
  const init = nodeAt(declarator, "init");
  const id = nodeAt(declarator, "id");
  if (init === undefined || id?.type !== "Identifier") return undefined;
  const kind = isFunctionNode(init) ? "function" : isFixedValue(init) ? "constant" : undefined;
  return kind === undefined ? undefined : { kind, name: textAt(id, "name") ?? "", span, root: declarator };
}

/** A declaration that can be spelled out with other words for the names that it takes from outside. */
type ReadUnit = {
  readonly outer: readonly string[];
  readonly spell: (nameOf: (outer: string) => string) => string;
};

/** Reads a unit; undefined for one whose meaning hangs on where it stands. */
function readUnit({ root, name: selfName }: Unit): ReadUnit | undefined {
  if (hangsOnItsPlace(root)) return undefined;
  const names = readCodeNames(root);
  const outer = names.outer.filter((name) => name !== selfName);
  // A name of its own that is spelled like the unit would make a call of itself look like a use of that.
  if (outer.some((name) => placeNames.has(name)) || names.own.includes(selfName) || names.mixed.has(selfName))
    return undefined;
  const spell = (nameOf: (outer: string) => string) =>
    spellWith(root, names, (name) => (name === selfName ? "#self" : nameOf(name)));
  return { outer, spell };
}

/** A whole statement in such words: what it takes from outside as `nameOf` has it, and numbers for its own names. */
export function spellCode(statement: SyntaxNode, nameOf: (outer: string) => string): string {
  return spellWith(statement, readCodeNames(statement), nameOf);
}

function spellWith(root: SyntaxNode, names: CodeNames, nameOf: (outer: string) => string): string {
  const own = new Map(names.own.map((name, index) => [name, `$${index}`]));
  const words: string[] = [];
  const wordOf = (name: string) => own.get(name) ?? (names.mixed.has(name) ? `${name}=${nameOf(name)}` : nameOf(name));
  spellNode(root, { parent: undefined, key: "", wordOf, words });
  return words.join("\n");
}

/** Names that mean another thing in every file or call. */
const placeNames: ReadonlySet<string> = new Set([
  "arguments",
  "eval",
  "require",
  "module",
  "exports",
  "__dirname",
  "__filename",
  "this",
]);

const placeTypes: ReadonlySet<string> = new Set([
  "ThisExpression",
  "Super",
  "MetaProperty",
  "ImportExpression",
  "TSImportType",
  "TSThisType",
  "Decorator",
]);

function hangsOnItsPlace(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hangsOnItsPlace);
  if (!isNode(node)) return false;
  if (placeTypes.has(node.type)) return true;
  if (node.type === "TSTypeOperator" && node["operator"] === "unique") return true;
  for (const key in node) if (hangsOnItsPlace(node[key])) return true;
  return false;
}

type Spelling = {
  readonly parent: SyntaxNode | undefined;
  readonly key: string;
  readonly wordOf: (name: string) => string;
  readonly words: string[];
};

/** How a value is written, and whether a key of an object is written once for both. */
const layoutKeys: ReadonlySet<string> = new Set(["type", "start", "end", "range", "loc", "parent", "raw", "shorthand"]);

function spellNode(node: SyntaxNode, { parent, key, wordOf, words }: Spelling): void {
  words.push(node.type);
  const name = referenceName(node, parent, key);
  for (const field in node) {
    if (layoutKeys.has(field)) continue;
    if (field === "name" && name !== undefined) words.push(wordOf(name));
    else spellValue(node[field], { parent: node, key: field, wordOf, words });
  }
}

function spellValue(value: unknown, spelling: Spelling): void {
  const { words } = spelling;
  if (isNode(value)) spellNode(value, spelling);
  else if (Array.isArray(value)) {
    words.push(`[${value.length}`);
    for (const item of value) spellValue(item, spelling);
  } else words.push(spellPlain(value));
}

/** Text in quotes, so that it cannot be taken for a name; a number is told from the text of it. */
function spellPlain(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "number") return `${value}n`;
  return value === undefined ? "undefined" : JSON.stringify(value);
}
