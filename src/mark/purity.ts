import type { Bindings } from "./bindings.ts";
import { bodyPurity } from "./body-purity.ts";
import {
  callbackCalls,
  changingCalls,
  pureCalls,
  pureConstructors,
  pureGlobals,
  pureImports,
} from "./purity-tables.ts";
import { children, isFunctionNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

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
  readonly bindings: Bindings;
  /** The functions around the question: a name that one of them binds may stand for something else there. */
  readonly within?: readonly SyntaxNode[];
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
  TSEnumDeclaration: enumPurity,
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

function enumPurity(node: SyntaxNode, context: PurityContext): Purity {
  const body = nodeAt(node, "body") ?? node;
  return allOf(nodesAt(body, "members").map((member) => purityOf(nodeAt(member, "initializer"), context)));
}

function memberPurity(node: SyntaxNode, context: PurityContext): Purity {
  const root = rootName(node);
  if (root === undefined) return isImportMeta(node) ? [] : null;
  const trusted = pureGlobals.has(root) || context.declared.has(root) || context.imported.has(root);
  if (!trusted || isShadowed(root, context)) return null;
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
  // Asked before where a name is bound, which takes a walk over the whole file.
  if (!isBound(name, context) && !pureCalls.has(name)) return null;
  if (isShadowed(name, context)) return null;
  if (!isBound(name, context)) return globalCallPurity(name, node, { passed, context });
  if (isPureImport(name, context)) return passed;
  return !name.includes(".") && isBound(name, context) ? [...passed, name] : null;
}

/** Whether the first part of a dotted name is bound in this file, and so is not the global of that name. */
function isBound(name: string, context: PurityContext): boolean {
  const [root = ""] = name.split(".");
  return context.declared.has(root) || context.imported.has(root);
}

function isShadowed(name: string, context: PurityContext): boolean {
  if (context.within === undefined) return false;
  const [root = ""] = name.split(".");
  return context.within.some((fn) => context.bindings.isBoundIn(root, fn));
}

type Passed = { readonly passed: readonly string[]; readonly context: PurityContext };

/** A global function may call what it is given, or change it. */
function globalCallPurity(name: string, node: SyntaxNode, { passed, context }: Passed): Purity {
  const [first, ...rest] = nodesAt(node, "arguments");
  if (changingCalls.has(name)) return isFreshValue(first) ? passed : null;
  if (!callbackCalls.has(name)) return passed;
  const called = allOf(rest.map((callback) => callbackPurity(callback, context)));
  return called === null ? null : [...passed, ...called];
}

/** An object that is made on the spot, so that nobody else can see it change. */
function isFreshValue(node: SyntaxNode | undefined): boolean {
  if (node === undefined) return false;
  if (/^TS(As|Satisfies)Expression$/.test(node.type)) return isFreshValue(nodeAt(node, "expression"));
  return /^(ObjectExpression|ArrayExpression|NewExpression|CallExpression|Literal)$/.test(node.type);
}

function callbackPurity(callback: SyntaxNode, context: PurityContext): Purity {
  const name = callback.type === "Identifier" ? textAt(callback, "name") : undefined;
  if (isFunctionNode(callback)) return bodyPurity(callback, context);
  return name !== undefined && isBound(name, context) && !isShadowed(name, context) ? [name] : null;
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
  if (isShadowed(root, context)) return false;
  const source = context.imported.get(root);
  const known = source === undefined ? undefined : pureImports[source.specifier];
  if (known === undefined || source === undefined) return false;
  return known.includes("*") || known.includes(member ?? source.name);
}

function isBuilderImport(name: string, context: PurityContext): boolean {
  const source = isShadowed(name, context) ? undefined : context.imported.get(name.split(".")[0] ?? "");
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
  const isGlobal = name !== undefined && !isBound(name, context) && !isShadowed(name, context);
  return isGlobal && pureConstructors.has(name) ? passed : null;
}

function classPurity(node: SyntaxNode, context: PurityContext): Purity {
  if (nodesAt(node, "decorators").length > 0) return null;
  const body = nodeAt(node, "body");
  const members = body === undefined ? [] : nodesAt(body, "body");
  return allOf([
    purityOf(nodeAt(node, "superClass"), context),
    ...members.map((member) => memberOfClass(member, context)),
  ]);
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

/** Whether a parameter of a method is decorated: then a framework passes it by what its decorator says. */
export function hasDecoratedParameter(member: SyntaxNode): boolean {
  const method = nodeAt(member, "value");
  return (
    method !== undefined && nodesAt(method, "params").some((parameter) => nodesAt(parameter, "decorators").length > 0)
  );
}
