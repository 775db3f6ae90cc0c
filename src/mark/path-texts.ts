import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** The text of a template or a `join(...)` call with `*` for each part that is not known. */
export function pathPattern(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === "Literal") return spelling(node);
  if (node?.type !== "TemplateLiteral") return undefined;
  const texts = nodesAt(node, "quasis").map((quasi) => {
    const value = quasi["value"];
    return typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string"
      ? value.cooked
      : "";
  });
  return texts.join("*");
}

/** Anything that could name a file of the repository: has a slash or a source extension, and no white space. */
export function looksLikePath(text: string): boolean {
  return (
    text.length < 300 &&
    text.length > 2 &&
    !/[\s<>|]/.test(text) &&
    !/^[*]/.test(text) &&
    !/^(https?|data|node):/.test(text) &&
    (text.includes("/") || /\.[cm]?[jt]sx?$/.test(text))
  );
}

/** `import.meta.glob("./pages/*.ts")` of Vite, which loads what it matches. */
export function isGlobCall(callee: SyntaxNode | undefined): boolean {
  if (callee?.type !== "MemberExpression" || nodeAt(callee, "object")?.type !== "MetaProperty") return false;
  return /^glob(Eager)?$/.test(spelling(nodeAt(callee, "property")) ?? "");
}

/** The string literals of a literal or an array of them. */
export function literalTexts(node: SyntaxNode | undefined): readonly string[] {
  if (node?.type === "ArrayExpression") return nodesAt(node, "elements").flatMap(literalTexts);
  const text = node?.type === "Literal" ? textAt(node, "value") : undefined;
  return text === undefined ? [] : [text];
}
