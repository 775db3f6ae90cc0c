import { parseSync, rawTransferSupported } from "oxc-parser";
import type { Span } from "../core/edit.ts";
import type { RepoPath } from "../core/names.ts";

/** A node of the ESTree that oxc returns; children are reached by name through the readers below. */
export type SyntaxNode = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
};

export type Comment = { readonly kind: "line" | "block"; readonly text: string; readonly span: Span };

/** The syntax of one file, or why it could not be had. */
export type Syntax =
  | { readonly kind: "parsed"; readonly body: readonly SyntaxNode[]; readonly comments: readonly Comment[] }
  | { readonly kind: "unparsed"; readonly reason: string };

const languages = { ".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx" } as const;

/** Reading the tree from shared memory instead of JSON halves the cost where the platform can. */
const canTransferRaw = rawTransferSupported();

/** Parses one file. JavaScript is read with JSX, since many projects write it in `.js`; nothing is thrown. */
export function parseSource(file: RepoPath, text: string): Syntax {
  const extension = /\.[^.]+$/.exec(file)?.[0] ?? "";
  const declaration = /\.d\.[cm]?ts$/.test(file);
  const language = declaration ? "dts" : isLanguageExtension(extension) ? languages[extension] : "jsx";
  // The types of oxc-parser leave the experimental option out.
  const isRaw = canTransferRaw && !hasTooManyImports(text);
  const options = { lang: language, preserveParens: false, experimentalRawTransfer: isRaw } as const;
  const result = parseSync(file, text, options);
  const fatal = result.errors.find(
    ({ severity }: { readonly severity: string; readonly message: string }) => severity === "Error",
  );
  // A declaration file may break a rule that skipLibCheck forgives; its tree is whole all the same.
  const isForgiven = declaration && result.program.body.length > 0;
  if (fatal !== undefined && !isForgiven) return { kind: "unparsed", reason: fatal.message };
  const body: unknown = result.program.body;
  return {
    kind: "parsed",
    body: Array.isArray(body) ? body.filter(isNode) : [],
    comments: result.comments.map((comment) => ({
      kind: comment.type === "Line" ? "line" : "block",
      text: comment.value,
      span: { start: comment.start, end: comment.end },
    })),
  };
}

/** With some 4,500 imports in one file the raw transfer of oxc-parser 0.154 runs out of memory and ends the process. */
const mostRawImports = 2000;

function hasTooManyImports(text: string): boolean {
  return text.length > mostRawImports * 10 && (text.match(/\bimport\b/g)?.length ?? 0) > mostRawImports;
}

function isLanguageExtension(extension: string): extension is keyof typeof languages {
  return extension in languages;
}

/** Whether a value of the tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  // Asked for every value of every node: reading a key is several times as fast as asking whether it is there.
  return isRecord(value) && typeof value["start"] === "number" && typeof value["type"] === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The child node under a name, if there is one. */
export function nodeAt(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The child nodes under a name; holes of sparse arrays are left out. */
export function nodesAt(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text under a name: an identifier's `name`, an operator. */
export function textAt(node: SyntaxNode, key: string): string | undefined {
  const value = node[key];
  return typeof value === "string" ? value : undefined;
}

/** The name that an identifier or a string literal spells: in specifiers both are allowed. */
export function spelling(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  return node.type === "Literal" ? textAt(node, "value") : textAt(node, "name");
}

/** Calls back for each child node of a node, in source order of their keys. */
export function eachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  for (const key in node) {
    const value = node[key];
    if (typeof value !== "object" || value === null) continue;
    if (isNode(value)) visit(value);
    else if (Array.isArray(value)) visitNodes(value, visit);
  }
}

function visitNodes(values: readonly unknown[], visit: (child: SyntaxNode) => void): void {
  for (const value of values) if (isNode(value)) visit(value);
}

/** All child nodes of a node, in source order of their keys. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  eachChild(node, (child) => {
    found.push(child);
  });
  return found;
}

/** The identifiers that a pattern binds. */
export function boundNames(pattern: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (pattern === undefined) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return nodesAt(pattern, "properties").flatMap((property) =>
        boundNames(nodeAt(property, property.type === "RestElement" ? "argument" : "value")),
      );
    case "ArrayPattern":
      return nodesAt(pattern, "elements").flatMap((element) => boundNames(element));
    case "AssignmentPattern":
      return boundNames(nodeAt(pattern, "left"));
    case "RestElement":
      return boundNames(nodeAt(pattern, "argument"));
    case "TSQualifiedName":
      return boundNames(nodeAt(pattern, "left"));
    case "TSParameterProperty":
      return boundNames(nodeAt(pattern, "parameter"));
    default:
      return [];
  }
}

/** The names that a declarator or declaration binds. */
export function localNames(declaration: SyntaxNode): readonly string[] {
  return boundNames(nodeAt(declaration, "id"))
    .map((name) => textAt(name, "name"))
    .filter((name) => name !== undefined);
}

/** Whether a value is a node with a body of its own. */
export function isFunctionNode(node: unknown): node is SyntaxNode {
  return (
    isNode(node) &&
    (node.type === "ArrowFunctionExpression" ||
      node.type === "FunctionExpression" ||
      node.type === "FunctionDeclaration")
  );
}

/** The names of all identifiers in a piece of syntax, whatever they stand for. */
export function identifiersIn(node: SyntaxNode | undefined): readonly string[] {
  if (node === undefined) return [];
  const own = node.type === "Identifier" ? [textAt(node, "name") ?? ""] : [];
  return [...own, ...children(node).flatMap(identifiersIn)];
}
