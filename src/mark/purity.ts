import { pureCalls, pureConstructors, pureGlobals, pureImports } from "./purity-tables.ts";
import { children, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/*
 * When may an expression be dropped? The vocabulary is the bundlers' (Rollup's treeshake options, the PURE annotation):
 * a value is droppable if evaluating it calls nothing but known pure functions and writes nothing outside itself.
 * Reads of properties are trusted on globals and module-level names only, since a local object may be a proxy.
 * Calls of functions that this repository declares are left open as a condition that `graph.ts` settles.
 */

/** What a purity question needs to know of the module. */
export type PurityContext = {
  readonly text: string;
  /** Names declared at module level in this file, with the value or declaration they start with. */
  readonly declared: ReadonlyMap<string, SyntaxNode | undefined>;
  /** Local name of each import, with the package or file it comes from. */
  readonly imported: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
};

/** `null`: not pure; else the names of functions on whose purity it depends. */
export type Purity = readonly string[] | null;

/** Whether evaluating an expression, class or declaration can be noticed from outside. */
export function purityOf(node: SyntaxNode | undefined, context: PurityContext): Purity {
  if (node === undefined) return [];
  const handler = pureTypes[node.type];
  return handler === undefined ? null : handler(node, context);
}

type Handler = (node: SyntaxNode, context: PurityContext) => Purity;

const pure: Handler = () => [];
const everyChild: Handler = (node, context) => all([...children(node)], context);
const inner =
  (key: string): Handler =>
  (node, context) =>
    purityOf(nodeAt(node, key), context);

const pureTypes: Readonly<Record<string, Handler>> = {
  Literal: pure,
  Identifier: pure,
  FunctionExpression: pure,
  ArrowFunctionExpression: pure,
  FunctionDeclaration: pure,
  TSDeclareFunction: pure,
  TSTypeAliasDeclaration: (node) => (isTypeAssertion(node) ? null : []),
  TSInterfaceDeclaration: pure,
  TSEnumDeclaration: pure,
  MetaProperty: pure,
  TemplateElement: pure,
  JSXText: pure,
  TemplateLiteral: (node, context) => all(nodesAt(node, "expressions"), context),
  ArrayExpression: (node, context) => all(nodesAt(node, "elements"), context),
  ObjectExpression: (node, context) => all(nodesAt(node, "properties"), context),
  Property: (node, context) =>
    all(node["computed"] === true ? [nodeAt(node, "key"), nodeAt(node, "value")] : [nodeAt(node, "value")], context),
  SpreadElement: inner("argument"),
  UnaryExpression: (node, context) =>
    textAt(node, "operator") === "delete" ? null : purityOf(nodeAt(node, "argument"), context),
  BinaryExpression: everyChild,
  LogicalExpression: everyChild,
  ConditionalExpression: everyChild,
  SequenceExpression: everyChild,
  TSAsExpression: inner("expression"),
  TSSatisfiesExpression: inner("expression"),
  TSNonNullExpression: inner("expression"),
  TSTypeAssertion: inner("expression"),
  TSInstantiationExpression: inner("expression"),
  ChainExpression: inner("expression"),
  ParenthesizedExpression: inner("expression"),
  MemberExpression: memberPurity,
  CallExpression: callPurity,
  NewExpression: newPurity,
  ClassExpression: classPurity,
  ClassDeclaration: classPurity,
};

function all(nodes: readonly (SyntaxNode | undefined)[], context: PurityContext): Purity {
  return allOf(nodes.map((node) => purityOf(node, context)));
}

function allOf(purities: readonly Purity[]): Purity {
  const conditions: string[] = [];
  for (const purity of purities) {
    if (purity === null) return null;
    conditions.push(...purity);
  }
  return conditions;
}

/** `type _Check = Expect<Equal<A, B>>`: nobody names it, the compiler checks it. */
function isTypeAssertion(node: SyntaxNode): boolean {
  const name = textAt(nodeAt(node, "id") ?? node, "name") ?? "";
  const value = nodeAt(node, "typeAnnotation");
  const applied = value?.type === "TSTypeReference" ? nodeAt(value, "typeName") : undefined;
  return (
    name.startsWith("_") ||
    (applied !== undefined && /expect|assert|equal|verify|check|exact|extends/i.test(textAt(applied, "name") ?? ""))
  );
}

function memberPurity(node: SyntaxNode, context: PurityContext): Purity {
  const root = rootName(node);
  if (root === undefined) return isImportMeta(node) ? [] : null;
  const trusted = pureGlobals.has(root) || context.declared.has(root) || context.imported.has(root);
  if (!trusted) return null;
  return node["computed"] === true ? purityOf(nodeAt(node, "property"), context) : [];
}

function isImportMeta(node: SyntaxNode): boolean {
  const object = nodeAt(node, "object");
  return object?.type === "MetaProperty" || (object?.type === "MemberExpression" && isImportMeta(object));
}

function rootName(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === "Identifier") return textAt(node, "name");
  return node?.type === "MemberExpression" || node?.type === "TSNonNullExpression"
    ? rootName(nodeAt(node, node.type === "MemberExpression" ? "object" : "expression"))
    : undefined;
}

/** `a.b.c` as text, when every step is written out. */
export function dottedName(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === "Identifier") return textAt(node, "name");
  if (node?.type !== "MemberExpression" || node["computed"] === true) return undefined;
  const object = dottedName(nodeAt(node, "object"));
  const property = spelledProperty(node);
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

function spelledProperty(node: SyntaxNode): string | undefined {
  const property = nodeAt(node, "property");
  return property?.type === "Identifier" ? textAt(property, "name") : undefined;
}

function callPurity(node: SyntaxNode, context: PurityContext): Purity {
  const callee = nodeAt(node, "callee");
  const passed = all(nodesAt(node, "arguments"), context);
  if (passed === null) return null;
  if (isAnnotatedPure(node, context.text)) return passed;
  const name = dottedName(callee);
  if (name === undefined) return chainedBuilder(callee, passed, context);
  if (!context.declared.has(name) && !context.imported.has(name) && pureCalls.has(name)) return passed;
  if (isPureImport(name, context)) return passed;
  return name.includes(".")
    ? null
    : context.declared.has(name) || context.imported.has(name)
      ? [...passed, name]
      : null;
}

/** `z.string().min(1)`: a method of a value that a pure builder made. */
function chainedBuilder(callee: SyntaxNode | undefined, passed: readonly string[], context: PurityContext): Purity {
  let object = callee?.type === "MemberExpression" ? nodeAt(callee, "object") : undefined;
  while (object?.type === "CallExpression" || object?.type === "MemberExpression") {
    const name = object.type === "CallExpression" ? dottedName(nodeAt(object, "callee")) : undefined;
    if (name !== undefined && isBuilderImport(name, context)) {
      const made = purityOf(object, context);
      return made === null ? null : [...passed, ...made];
    }
    object = nodeAt(object, object.type === "CallExpression" ? "callee" : "object");
  }
  return null;
}

function isPureImport(name: string, context: PurityContext): boolean {
  const [root = "", member] = name.split(".");
  const source = context.imported.get(root);
  const known = source === undefined ? undefined : pureImports[source.specifier];
  if (known === undefined || source === undefined) return false;
  return known.includes("*") || known.includes(member ?? source.name);
}

function isBuilderImport(name: string, context: PurityContext): boolean {
  const source = context.imported.get(name.split(".")[0] ?? "");
  return source !== undefined && pureImports[source.specifier]?.includes("*") === true;
}

/** The annotation that bundlers honour, directly before the call. */
function isAnnotatedPure(node: SyntaxNode, text: string): boolean {
  return /\/\*\s*[#@]__PURE__\s*\*\/\s*$/.test(text.slice(Math.max(0, node.start - 40), node.start));
}

function newPurity(node: SyntaxNode, context: PurityContext): Purity {
  const passed = all(nodesAt(node, "arguments"), context);
  if (passed === null || isAnnotatedPure(node, context.text)) return passed;
  const name = dottedName(nodeAt(node, "callee"));
  return name !== undefined && pureConstructors.has(name) && !context.declared.has(name) && !context.imported.has(name)
    ? passed
    : null;
}

function classPurity(node: SyntaxNode, context: PurityContext): Purity {
  if (nodesAt(node, "decorators").length > 0) return null;
  const superClass = nodeAt(node, "superClass");
  if (superClass !== undefined && purityOf(superClass, context) === null) return null;
  const body = nodeAt(node, "body");
  return body === undefined ? [] : allOf(nodesAt(body, "body").map((member) => memberOfClass(member, context)));
}

function memberOfClass(member: SyntaxNode, context: PurityContext): Purity {
  if (member.type === "StaticBlock" || nodesAt(member, "decorators").length > 0) return null;
  if (hasDecoratedParameter(member)) return null;
  const key = member["computed"] === true ? purityOf(nodeAt(member, "key"), context) : [];
  if (key === null) return null;
  const isStaticField = member["static"] === true && /Property/.test(member.type);
  const value = isStaticField ? purityOf(nodeAt(member, "value"), context) : [];
  return value === null ? null : [...key, ...value];
}

function hasDecoratedParameter(member: SyntaxNode): boolean {
  const method = nodeAt(member, "value");
  return (
    method !== undefined && nodesAt(method, "params").some((parameter) => nodesAt(parameter, "decorators").length > 0)
  );
}
