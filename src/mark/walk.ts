import { choosing } from "./find-dead-code.ts";
import { taking } from "./parameters.ts";
import type { Scope, Sink, Walk } from "./sink.ts";
import { eachChild, nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";
import {
  mentionKey,
  visitInitializer,
  visitJsxElement,
  visitJsxMember,
  visitMember,
  visitQualifiedName,
} from "./walk-members.ts";
import { reportLocals } from "./walk-locals.ts";
import { isRequire, visitPlainRequire } from "./walk-require.ts";
import { visitParameter, visitPattern, walkParameterType } from "./walk-pattern.ts";
import { visitBinary, visitLiteral, visitTemplate } from "./walk-text.ts";
import { isContextCall, isGlobCall, literalTexts, ownFileIn, pathPattern } from "./path-texts.ts";

type Visit = (node: SyntaxNode, walk: Walk) => void;

/** Walks one module-level statement. */
export function walkStatement(statement: SyntaxNode, sink: Sink): void {
  visit(statement, createWalk(sink, undefined));
}

/** One for each scope and not for each node: there are a hundred times as many of those. */
function createWalk(sink: Sink, scope: Scope | undefined): Walk {
  const walk: Walk = {
    sink,
    scope,
    into: (child) => {
      if (child !== undefined) visit(child, walk);
    },
    within: (inner) => createWalk(sink, inner),
  };
  return walk;
}

function visit(node: SyntaxNode, walk: Walk): void {
  const kind = kinds.get(node.type) ?? learnKind(node.type);
  const name = kind.isNamed ? spelling(nodeAt(node, "id") ?? nodeAt(node, "key")) : undefined;
  if (name !== undefined) walk.sink.named(name, node);
  if (kind.isChoice) walk.sink.choice(node);
  if (kind.visitor === undefined) eachChild(node, walk.into);
  else kind.visitor(node, walk);
}

/** What the walk does at nodes of one type. */
type NodeKind = { readonly visitor: Visit | undefined; readonly isNamed: boolean; readonly isChoice: boolean };

const kinds = new Map<string, NodeKind>();

function learnKind(type: string): NodeKind {
  const isChoice = choosing.has(type) || taking.has(type);
  const kind = { visitor: visitors[type], isNamed: namedTypes.test(type), isChoice };
  kinds.set(type, kind);
  return kind;
}

const namedTypes = /^(Class|Function|Method|VariableDeclarator|PropertyDefinition|TSModuleDeclaration)/;

const nothing: Visit = () => undefined;

/** A thing with a key: the key is a name only when it is computed, else it may name a member. */
const keyed: Visit = (node, walk) => {
  for (const decorator of nodesAt(node, "decorators")) walk.into(decorator);
  mentionKey(node, walk);
  walk.into(nodeAt(node, "typeAnnotation"));
  walk.into(nodeAt(node, "value"));
};

const visitors: Readonly<Record<string, Visit>> = {
  Identifier: (node, walk) => {
    walk.sink.name(textAt(node, "name") ?? "", node.start);
    walk.into(nodeAt(node, "typeAnnotation"));
  },
  MemberExpression: visitMember,
  TSQualifiedName: visitQualifiedName,
  JSXMemberExpression: visitJsxMember,
  JSXOpeningElement: visitJsxElement,
  JSXClosingElement: nothing,
  JSXAttribute: (node, walk) => {
    const name = nodeAt(node, "name");
    if (name?.type === "JSXIdentifier") walk.sink.member(textAt(name, "name") ?? "", name.start, "key");
    walk.into(nodeAt(node, "value"));
  },
  Property: (node, walk) => {
    const key = nodeAt(node, "key");
    if (node["computed"] !== true && key !== undefined) walk.sink.member(spelling(key) ?? "", key.start, "key");
    else walk.into(key);
    walk.into(nodeAt(node, "value"));
  },
  MethodDefinition: keyed,
  TSAbstractMethodDefinition: keyed,
  PropertyDefinition: keyed,
  AccessorProperty: keyed,
  TSAbstractPropertyDefinition: keyed,
  TSPropertySignature: keyed,
  TSMethodSignature: (node, walk) => {
    mentionKey(node, walk);
    visitSignature(node, walk);
  },
  TSIndexSignature: (node, walk) => {
    for (const parameter of nodesAt(node, "parameters")) visitPattern(parameter, walk);
    walk.into(nodeAt(node, "typeAnnotation"));
  },
  TSFunctionType: visitSignature,
  TSConstructorType: visitSignature,
  TSCallSignatureDeclaration: visitSignature,
  TSConstructSignatureDeclaration: visitSignature,
  TSTypeParameter: (node, walk) => {
    walk.into(nodeAt(node, "constraint"));
    walk.into(nodeAt(node, "default"));
  },
  TSMappedType: (node, walk) => {
    const key = nodeAt(node, "key");
    eachChild(node, (child) => {
      if (child !== key) walk.into(child);
    });
  },
  TSEnumMember: (node, walk) => {
    const id = nodeAt(node, "id");
    if (node["computed"] === true) walk.into(id);
    else if (id !== undefined) walk.sink.member(spelling(id) ?? "", id.start, "plain");
    walk.into(nodeAt(node, "initializer"));
  },
  TSTypeReference: (node, walk) => {
    const name = nodeAt(node, "typeName");
    const text = spelling(name) ?? "";
    if (name?.type === "Identifier") walk.sink.type(text, name.start, false);
    else walk.into(name);
    const passed = nodeAt(node, "typeArguments");
    // What a component type is made with is the type of its one parameter.
    if (/^(React\.)?(FC|FunctionComponent|VFC)$/.test(typeText(name))) walkParameterType(passed, walk);
    else walk.into(passed);
  },
  TSImportType: visitImportType,
  BreakStatement: nothing,
  ContinueStatement: nothing,
  LabeledStatement: (node, walk) => {
    walk.into(nodeAt(node, "body"));
  },
  AssignmentExpression: (node, walk) => {
    const left = nodeAt(node, "left");
    const isLabel = left?.type === "MemberExpression" && spelling(nodeAt(left, "property")) === "displayName";
    walk.into(left);
    // A display name is spelled like its component and refers to nothing.
    if (!isLabel || nodeAt(node, "right")?.type !== "Literal") walk.into(nodeAt(node, "right"));
  },
  MetaProperty: nothing,
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  TSDeclareFunction: visitFunction,
  TSEmptyBodyFunctionExpression: visitFunction,
  ClassDeclaration: visitAfterName,
  ClassExpression: visitAfterName,
  BlockStatement: (node, walk) => {
    const inside = walk.scope === undefined ? walk : walk.within({ ...walk.scope, node });
    for (const statement of nodesAt(node, "body")) {
      if (inside.scope !== undefined) reportLocals(statement, walk.sink, inside.scope);
      inside.into(statement);
    }
  },
  VariableDeclaration: (node, walk) => {
    for (const declarator of nodesAt(node, "declarations")) walk.into(declarator);
  },
  VariableDeclarator: (node, walk) => {
    visitPattern(nodeAt(node, "id"), walk);
    visitInitializer(node, walk);
  },
  CatchClause: (node, walk) => {
    visitPattern(nodeAt(node, "param"), walk);
    walk.into(nodeAt(node, "body"));
  },
  TSTypeAliasDeclaration: visitAfterName,
  TSInterfaceDeclaration: visitAfterName,
  TSEnumDeclaration: visitAfterName,
  TSModuleDeclaration: visitAfterName,
  ImportExpression: (node, walk) => {
    reportPath("dynamic-import", nodeAt(node, "source"), node, walk);
    walk.into(nodeAt(node, "source"));
    walk.into(nodeAt(node, "options"));
  },
  CallExpression: visitCall,
  Literal: visitLiteral,
  TemplateLiteral: visitTemplate,
  TSTemplateLiteralType: visitTemplate,
  BinaryExpression: visitBinary,
  PrivateIdentifier: (node, walk) => {
    walk.sink.member(`#${textAt(node, "name") ?? ""}`, node.start, "plain");
  },
  // Only met in a namespace or an ambient module; export lists of the file itself are read apart.
  ExportSpecifier: (node, walk) => {
    walk.into(nodeAt(node, "local"));
  },
};

function typeText(name: SyntaxNode | undefined): string {
  if (name?.type !== "TSQualifiedName") return spelling(name) ?? "";
  return `${typeText(nodeAt(name, "left"))}.${typeText(nodeAt(name, "right"))}`;
}

function visitSignature(node: SyntaxNode, walk: Walk): void {
  walk.into(nodeAt(node, "typeParameters"));
  for (const parameter of nodesAt(node, "params")) visitParameter(parameter, walk, /Function/.test(node.type));
  walk.into(nodeAt(node, "returnType"));
}

function visitFunction(node: SyntaxNode, walk: Walk): void {
  const inside = walk.within({ node, functionNode: node, outermost: walk.scope?.outermost ?? node });
  visitSignature(node, inside);
  inside.into(nodeAt(node, "body"));
}

function visitAfterName(node: SyntaxNode, walk: Walk): void {
  const name = nodeAt(node, "id");
  eachChild(node, (child) => {
    if (child !== name) walk.into(child);
  });
}

function visitImportType(node: SyntaxNode, walk: Walk): void {
  const text = spelling(nodeAt(node, "source")) ?? spelling(nodeAt(nodeAt(node, "argument") ?? node, "literal"));
  const first = leftmost(nodeAt(node, "qualifier"));
  if (text !== undefined) {
    walk.sink.reference({
      at: node.start,
      kind: "import-type",
      text,
      ...(first === undefined ? {} : { members: [first] }),
    });
  }
  walk.into(nodeAt(node, "typeArguments"));
}

function leftmost(node: SyntaxNode | undefined): string | undefined {
  const left = node === undefined ? undefined : nodeAt(node, "left");
  return left === undefined ? spelling(node) : leftmost(left);
}

function visitCall(node: SyntaxNode, walk: Walk): void {
  if (visitPlainRequire(node, walk)) return;
  const callee = nodeAt(node, "callee");
  const first = nodesAt(node, "arguments")[0];
  if (isRequire(node)) reportPath("require", first, node, walk);
  if (isGlobCall(callee))
    for (const text of literalTexts(first)) walk.sink.reference({ at: node.start, kind: "glob", text });
  const context = isContextCall(callee) ? literalTexts(first)[0] : undefined;
  if (context !== undefined) walk.sink.reference({ at: node.start, kind: "glob", text: `${context}/**/*` });
  const own = ownFileIn(node);
  if (own !== undefined)
    walk.sink.reference({ at: node.start, kind: own.includes("*") ? "glob" : "string", text: own });
  eachChild(node, walk.into);
}

function reportPath(
  kind: "dynamic-import" | "require",
  source: SyntaxNode | undefined,
  node: SyntaxNode,
  walk: Walk,
): void {
  const literal = source?.type === "Literal" ? spelling(source) : undefined;
  if (literal !== undefined) walk.sink.reference({ at: node.start, kind, text: literal });
  else if (!namesData(source))
    walk.sink.reference({ at: node.start, kind: "computed", text: pathPattern(source) ?? "" });
}

/** `require(packageJsonPath)` and `require(pathOf("x", "manifest"))` read data: by what the path is called. */
function namesData(source: SyntaxNode | undefined): boolean {
  const named = source?.type === "CallExpression" ? nodeAt(source, "callee") : source;
  const name = spelling(named?.type === "MemberExpression" ? nodeAt(named, "property") : named) ?? "";
  return /json|manifest/i.test(name) || (pathPattern(source)?.endsWith(".json") ?? false);
}
