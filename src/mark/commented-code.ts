import type { Span } from "../core/edit.ts";
import { nodeAt, nodesAt, parseSource, type Comment, type SyntaxNode } from "./syntax.ts";

/** Comments that together are code which somebody has switched off. */
export type CommentedCode = { readonly span: Span; readonly firstLine: string; readonly lines: number };

/** Comments on neighbouring lines of their own, as one text. */
type Group = { readonly span: Span; readonly content: string };

/** Whether a file may hold such comments at all, so that most are not parsed again. */
export function mayHoldCommentedCode(text: string): boolean {
  return /^[ \t]*(?:\/\/|\{?\/\*(?!\*)|\*)[^\n]*[;{})>][ \t]*(?:\*\/\}?)?\r?$|\/\*[ \t]*\r?\n[ \t]*[^\s*]/m.test(text);
}

/** Finds comments that are whole statements, in the style of the file and without a word to people. */
export function findCommentedCode(text: string, comments: readonly Comment[]): readonly CommentedCode[] {
  const hasSemicolons = (text.match(/;[ \t]*\r?$/gm)?.length ?? 0) > 2;
  return groupComments(text, comments).flatMap((group): readonly CommentedCode[] => {
    const lines = group.content.split("\n").filter((line) => line.trim() !== "");
    const [firstLine] = lines;
    if (firstLine === undefined || !isCode(lines, hasSemicolons) || isExample(text, group)) return [];
    return [{ span: group.span, firstLine: firstLine.trim(), lines: lines.length }];
  });
}

function groupComments(text: string, comments: readonly Comment[]): readonly Group[] {
  const groups: Group[] = [];
  let isOpen = false;
  for (const { kind, text: words, span } of comments) {
    const before = text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start);
    const isAlone = /^[ \t]*\{?$/.test(before);
    const last = groups.at(-1);
    const isNext =
      kind === "line" && isOpen && last !== undefined && /^\r?\n[ \t]*$/.test(text.slice(last.span.end, span.start));
    if (isAlone && isNext)
      groups[groups.length - 1] = {
        span: { start: last.span.start, end: span.end },
        content: `${last.content}\n${bare(words)}`,
      };
    else if (isAlone && !/^[*!]/.test(words))
      groups.push({ span, content: kind === "line" ? bare(words) : words.replace(/^[ \t]*\* ?/gm, "") });
    isOpen = isAlone && kind === "line";
  }
  return groups;
}

function bare(words: string): string {
  return words.replace(/^ /, "").trimEnd();
}

/** Words that begin a line for people or tools. */
const toPeople =
  /^\W*(?:todo|fixme|note|xxx|hack|e\.?g\b|i\.?e\b|example|usage|see|before|after|output|result|input|returns?:|becomes?|eslint|oxlint|prettier|biome|tslint|ts-|istanbul|c8|v8|webpack|vite|copyright|licen[sc]e|#|@|=|-|>|\$|\d+[.)])/i;

/** What says that the code is not an example but was there once. */
const formerly = /\b(?:old|legacy|previous\w*|former\w*|deprecated|disabled|removed|no longer|unused|not used)\b/i;

function isCode(lines: readonly string[], hasSemicolons: boolean): boolean {
  const [first = "", ...rest] = lines;
  if (formerly.test(first) && !/[;{}=]/.test(first)) return rest.length > 1 && isCode(rest, hasSemicolons);
  if (lines.some((line) => toPeople.test(line) || /\.\.\.\s*$|…|[→⇒]/.test(line))) return false;
  const content = lines.join("\n");
  const isEnded = hasSemicolons ? /[;}][ \t]*(?:\/\/.*)?$/m.test(content) : lines.length > 1;
  if (/^\s*[<{]/.test(content) && isMarkup(content)) return lines.length > 1;
  return isEnded && [content, `async function* _() {\n${content}\n}`, `class _ {\n${content}\n}`].some(isStatements);
}

function isMarkup(content: string): boolean {
  const syntax = parseSource("comment.tsx", `<>${content}</>`);
  const [statement] = syntax.kind === "parsed" ? syntax.body : [];
  const root = statement === undefined ? undefined : nodeAt(statement, "expression");
  return root?.type === "JSXFragment" && nodesAt(root, "children").some(({ type }) => type === "JSXElement");
}

/** Whether a text is statements that each do something. */
function isStatements(text: string): boolean {
  const syntax = parseSource("comment.tsx", text);
  if (syntax.kind === "unparsed") return false;
  const [only] = syntax.body;
  const isWrapped = text.startsWith("async function* _()") || text.startsWith("class _ {");
  const body = isWrapped && only !== undefined ? nodesAt(nodeAt(only, "body") ?? only, "body") : syntax.body;
  return body.length > 0 && body.every(isStatement);
}

const statements =
  /^(?:ImportDeclaration|Export\w+|FunctionDeclaration|ClassDeclaration|If\w*|For\w*|While\w*|SwitchStatement|TryStatement|ThrowStatement)$/;
const acting = /^(?:Call|Await|Assignment|Update|Yield|New)Expression$/;

function isStatement(node: SyntaxNode): boolean {
  if (statements.test(node.type)) return true;
  if (node.type === "ExpressionStatement") return acting.test(nodeAt(node, "expression")?.type ?? "");
  if (node.type === "ReturnStatement") return nodeAt(node, "argument") !== undefined;
  if (node.type === "VariableDeclaration")
    return nodesAt(node, "declarations").every((one) => nodeAt(one, "init") !== undefined);
  return (
    node.type === "MethodDefinition" || (node.type === "PropertyDefinition" && nodeAt(node, "value") !== undefined)
  );
}

/** Code under words that end with a colon, or over the declaration that it calls, shows how to do something. */
function isExample(text: string, { span, content }: Group): boolean {
  if (/[:：]\s*(?:\*\/)?\s*$/.test(text.slice(0, span.start))) return true;
  const below =
    /^\}?\r?\n[ \t]*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|const|interface|type)\s+([\w$]+)/.exec(
      text.slice(span.end),
    );
  const name = below?.[1];
  return name !== undefined && new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(content);
}
