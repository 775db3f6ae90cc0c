import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** The path that an expression spells, with `*` for each part that is not known. */
export function pathPattern(node: SyntaxNode | undefined): string | undefined {
  return node === undefined ? undefined : patterns[node.type]?.(node);
}

const patterns: Readonly<Record<string, (node: SyntaxNode) => string | undefined>> = {
  Literal: spelling,
  TemplateLiteral: templatePattern,
  BinaryExpression: (node) =>
    textAt(node, "operator") === "+"
      ? `${pathPattern(nodeAt(node, "left")) ?? "*"}${pathPattern(nodeAt(node, "right")) ?? "*"}`
      : undefined,
  CallExpression: joinPattern,
  NewExpression: (node) => pathPattern(nodesAt(node, "arguments")[0]),
  MemberExpression: (node) => (isOwnFolder(node) ? "." : pathPattern(newUrlIn(node))),
  Identifier: (node) => (isOwnFolder(node) ? "." : undefined),
};

/** `new URL(...).href` and the like. */
function newUrlIn(node: SyntaxNode): SyntaxNode | undefined {
  const object = nodeAt(node, "object");
  return object?.type === "NewExpression" ? object : undefined;
}

/** `__dirname` and `import.meta.dirname`. */
function isOwnFolder(node: SyntaxNode): boolean {
  if (node.type === "Identifier") return textAt(node, "name") === "__dirname";
  return nodeAt(node, "object")?.type === "MetaProperty" && spelling(nodeAt(node, "property")) === "dirname";
}

/** `join(folder, name)`, `path.resolve(...)` and what turns a path into a URL. */
function joinPattern(node: SyntaxNode): string | undefined {
  const callee = nodeAt(node, "callee");
  const name = spelling(callee?.type === "MemberExpression" ? nodeAt(callee, "property") : callee) ?? "";
  if (!/^(pathToFileURL|fileURLToPath|join|resolve)$/.test(name)) return undefined;
  const parts = nodesAt(node, "arguments").map((argument) => pathPattern(argument));
  return /URL/.test(name) ? parts[0] : parts.map((part) => part ?? "*").join("/");
}

/** The file beside this one that a `join(...)` names, whoever opens it. */
export function ownFileIn(node: SyntaxNode): string | undefined {
  const pattern = joinPattern(node);
  return pattern !== undefined && /^\.{1,2}\/.*\.[cm]?[jt]sx?$/.test(pattern) ? pattern : undefined;
}

/** `${__dirname}/pick.js` says where it begins; any other part is not known. */
function templatePattern(node: SyntaxNode): string {
  const texts = nodesAt(node, "quasis").map((quasi) => {
    const value = quasi["value"];
    return typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string"
      ? value.cooked
      : "";
  });
  const parts = nodesAt(node, "expressions").map((part) => (isOwnFolder(part) ? "." : "*"));
  return texts.map((text, index) => `${text}${parts[index] ?? ""}`).join("");
}

/** Anything that could name a file: has a slash or a source extension; one with white space has to have both. */
export function looksLikePath(text: string): boolean {
  return (
    text.length < 300 &&
    text.length > 2 &&
    (text.includes("/") || /\.[cm]?[jt]sx?$/.test(text)) &&
    !/[\n<>|]/.test(text) &&
    (!/\s/.test(text) || /^\.{1,2}\/.*\.[cm]?[jt]sx?$/.test(text)) &&
    !/^[*]/.test(text) &&
    !/^(https?|data|node):/.test(text)
  );
}

/** `import.meta.glob("./pages/*.ts")` of Vite, which loads what it matches. */
export function isGlobCall(callee: SyntaxNode | undefined): boolean {
  if (callee?.type !== "MemberExpression" || nodeAt(callee, "object")?.type !== "MetaProperty") return false;
  return /^glob(Eager)?$/.test(spelling(nodeAt(callee, "property")) ?? "");
}

/** `require.context("./pages")` of webpack, which loads the folder. */
export function isContextCall(callee: SyntaxNode | undefined): boolean {
  if (callee?.type !== "MemberExpression") return false;
  const object = nodeAt(callee, "object");
  const property = spelling(nodeAt(callee, "property"));
  return property === "webpackContext" || (property === "context" && spelling(object) === "require");
}

/**
 * A glob that says more than `src` and an extension: those name all of a project and nothing in particular. One that
 * begins at the root and names no kind of file is a route: `/api*`.
 */
export function isTellingGlob(text: string): boolean {
  if (text.startsWith("/") && !/\.(\{|\*|[cm]?[jt]sx?\b)/.test(text)) return false;
  return text.includes("*") && /[a-z]/i.test(text.replace(/^(\.?\/)?[\w-]+\/|\{[^}]*\}|\.[cm]?[jt]sx?$/g, ""));
}

/** The string literals of a literal or an array of them. */
export function literalTexts(node: SyntaxNode | undefined): readonly string[] {
  if (node?.type === "ArrayExpression") return nodesAt(node, "elements").flatMap(literalTexts);
  const text = node?.type === "Literal" ? textAt(node, "value") : undefined;
  return text === undefined ? [] : [text];
}
