import type { RepoPath } from "../core/names.ts";
import { isNode, parseSource, type SyntaxNode } from "./syntax.ts";

/** A function that was broken on purpose, and the text of its file with it. */
export type BrokenNeighbour = { readonly name: string; readonly text: string };

/** What a broken function does instead of its work. */
const fault = '{ throw new Error("nightsweep broke this on purpose"); }';

/**
 * Breaks the largest function that a module declares at its top, by putting a throw in the place of its body; null when it
 * has none. The largest is the one that tests are most likely to be about.
 */
export function breakNeighbour(file: RepoPath, text: string): BrokenNeighbour | null {
  const syntax = parseSource(file, text);
  if (syntax.kind !== "parsed") return null;
  const functions = syntax.body.flatMap((statement) => functionsOf(child(statement, "declaration") ?? statement));
  const [largest] = functions.toSorted((a, b) => b.body.end - b.body.start - (a.body.end - a.body.start));
  if (largest === undefined) return null;
  const { name, body } = largest;
  return { name, text: text.slice(0, body.start) + fault + text.slice(body.end) };
}

type Found = { readonly name: string; readonly body: SyntaxNode };

/** `function a() {}`, `const a = () => {}` and the methods of a class. */
function functionsOf(statement: SyntaxNode): readonly Found[] {
  switch (statement.type) {
    case "FunctionDeclaration":
      return found(nameOf(statement), statement);
    case "VariableDeclaration":
      return children(statement, "declarations").flatMap((one) => {
        const value = child(one, "init");
        return value === undefined || !/^(Arrow)?FunctionExpression$/.test(value.type) ? [] : found(nameOf(one), value);
      });
    case "ClassDeclaration":
      return children(child(statement, "body"), "body").flatMap((member) => {
        const value = child(member, "value");
        // A constructor that does not call super first is another fault than the one that is meant.
        if (member.type !== "MethodDefinition" || member["kind"] === "constructor" || value === undefined) return [];
        return found(`${nameOf(statement)}.${textOf(child(member, "key"))}`, value);
      });
    default:
      return [];
  }
}

function found(name: string, holder: SyntaxNode): readonly Found[] {
  const body = child(holder, "body");
  return body?.type === "BlockStatement" || body?.type === "FunctionBody" ? [{ name, body }] : [];
}

function nameOf(node: SyntaxNode): string {
  return textOf(child(node, "id"));
}

/** What has no name is called by what it is. */
function textOf(identifier: SyntaxNode | undefined): string {
  const name = identifier?.["name"];
  return typeof name === "string" ? name : "default";
}

function child(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const value = node[name];
  return isNode(value) ? value : undefined;
}

function children(node: SyntaxNode | undefined, name: string): readonly SyntaxNode[] {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}
