import { dottedName } from "./purity.ts";
import { nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** What is known of a value before the program runs. */
export type Constant = {
  readonly truthy: boolean;
  readonly nullish: boolean;
  /** The value itself, when it is a primitive that is known exactly. */
  readonly exact?: { readonly value: Primitive };
  /** Names of the constants and flags that it rests on; none for a value that is written out. */
  readonly via: readonly string[];
  /** For what another module offers: why its owner may mean to change it. */
  readonly doubt?: string;
};

/** A value that code can spell out. */
type Primitive = string | number | boolean | bigint | null | undefined;

/** Knows the names of a module. */
export type Constants = {
  /** The constant that a name stands for where it is used. */
  readonly lookUp: (identifier: SyntaxNode) => Constant | undefined;
  /** What calling a function of this name always gives. */
  readonly lookUpResult: (name: string) => Constant | undefined;
  /** The final value of a flag that an expression reads, if the owner has named it. */
  readonly flagRead: (node: SyntaxNode) => Constant | undefined;
  /** Whether the owner has named a flag whose reads are to go. */
  readonly isFlag: (name: string) => boolean;
};

/** For questions that no name and no flag has a part in. */
export const nothingKnown: Constants = {
  lookUp: () => undefined,
  lookUpResult: () => undefined,
  flagRead: () => undefined,
  isFlag: () => false,
};

/** A constant of a primitive. */
export function constantOf(value: Primitive, via: readonly string[] = []): Constant {
  return { truthy: Boolean(value), nullish: value === null || value === undefined, exact: { value }, via };
}

const object: Constant = { truthy: true, nullish: false, via: [] };

/** What an expression is known to be; undefined when it may be this or that. It says nothing of what evaluating it does. */
export function evaluate(node: SyntaxNode | undefined, constants: Constants): Constant | undefined {
  if (node === undefined) return undefined;
  const flag = constants.flagRead(node);
  return flag ?? evaluators[node.type]?.(node, constants);
}

type Evaluator = (node: SyntaxNode, constants: Constants) => Constant | undefined;

const inner =
  (key: string): Evaluator =>
  (node, constants) =>
    evaluate(nodeAt(node, key), constants);
const someObject: Evaluator = () => object;

const evaluators: Readonly<Record<string, Evaluator>> = {
  Literal: (node) => {
    const { value } = node;
    if (node["regex"] !== undefined) return object;
    if (typeof value === "string" && isPlaceholder(value)) return undefined;
    // A number that is too large for the parser to spell comes without its value.
    return isPrimitive(value) && (node["bigint"] === undefined || typeof value === "bigint")
      ? constantOf(value)
      : undefined;
  },
  TemplateLiteral: (node) => {
    const [only] = nodesAt(node, "quasis");
    const cooked = only === undefined ? undefined : templateText(only);
    const isWhole = nodesAt(node, "expressions").length === 0 && cooked !== undefined && !isPlaceholder(cooked);
    return isWhole ? constantOf(cooked) : undefined;
  },
  Identifier: (node, constants) =>
    constants.lookUp(node) ?? (textAt(node, "name") === "undefined" ? constantOf(undefined) : undefined),
  UnaryExpression: evaluateUnary,
  BinaryExpression: evaluateBinary,
  LogicalExpression: evaluateLogical,
  ConditionalExpression: (node, constants) => {
    const test = evaluate(nodeAt(node, "test"), constants);
    const value = test && evaluate(nodeAt(node, test.truthy ? "consequent" : "alternate"), constants);
    return test && value && { ...value, via: [...test.via, ...value.via] };
  },
  TSAsExpression: asserted,
  TSSatisfiesExpression: inner("expression"),
  TSNonNullExpression: inner("expression"),
  TSTypeAssertion: asserted,
  ChainExpression: inner("expression"),
  ObjectExpression: someObject,
  ArrayExpression: someObject,
  FunctionExpression: someObject,
  ArrowFunctionExpression: someObject,
  ClassExpression: someObject,
  NewExpression: someObject,
  CallExpression: (node, constants) => {
    const callee = nodeAt(node, "callee");
    const name = dottedName(callee);
    if (name === undefined) return undefined;
    return makers.has(name) ? object : constants.lookUpResult(name);
  },
};

/** Global functions that always give an object. */
const makers: ReadonlySet<string> = new Set([
  "Array.from",
  "Array.of",
  "Object.assign",
  "Object.create",
  "Object.entries",
  "Object.fromEntries",
  "Object.keys",
  "Object.values",
]);

/** What a build, a deployment or a template puts something else in the place of: `__API_HOST__`, `%API_HOST%`. */
function isPlaceholder(text: string): boolean {
  return /__\w+__|%\w+%|\{\{|\[\[|<%|\$\{|\$\(|(^|[^\w.])@\w+@|^[$#@]\w+|placeholder|replace[-_]?me/i.test(text);
}

/** A type that says more than the value does: `const jobs: false | Job[] = []`. */
export function isWider(type: SyntaxNode | undefined): boolean {
  const isWord = (node: SyntaxNode) => typeof nodeAt(node, "literal")?.["value"] === "string";
  return type?.type === "TSUnionType" && !nodesAt(type, "types").every(isWord);
}

function asserted(node: SyntaxNode, constants: Constants): Constant | undefined {
  const type = nodeAt(node, "typeAnnotation");
  // Whoever asserts a boolean does not want the compiler to know which.
  if (isWider(type) || type?.type === "TSBooleanKeyword") return undefined;
  return evaluate(nodeAt(node, "expression"), constants);
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || value === undefined || /^(string|number|boolean|bigint)$/.test(typeof value);
}

function templateText(quasi: SyntaxNode): string | undefined {
  const { value } = quasi;
  return typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string"
    ? value.cooked
    : undefined;
}

function evaluateUnary(node: SyntaxNode, constants: Constants): Constant | undefined {
  const operator = textAt(node, "operator");
  if (operator === "void") return constantOf(undefined);
  const value = evaluate(nodeAt(node, "argument"), constants);
  if (value === undefined) return undefined;
  if (operator === "!") return constantOf(!value.truthy, value.via);
  const number = value.exact?.value;
  return operator === "-" && typeof number === "number" ? constantOf(-number, value.via) : undefined;
}

function evaluateBinary(node: SyntaxNode, constants: Constants): Constant | undefined {
  const [left, right] = [evaluate(nodeAt(node, "left"), constants), evaluate(nodeAt(node, "right"), constants)];
  if (left?.exact === undefined || right?.exact === undefined) return undefined;
  const result = compare(textAt(node, "operator") ?? "", left.exact.value, right.exact.value);
  return result === undefined ? undefined : constantOf(result, [...left.via, ...right.via]);
}

function compare(operator: string, one: Primitive, other: Primitive): boolean | undefined {
  // Loose equality of values of one type is strict equality.
  const isSure = operator === "===" || operator === "!==" || typeof one === typeof other;
  if (/^[!=]==?$/.test(operator)) return isSure ? (one === other) === operator.startsWith("=") : undefined;
  return typeof one === "number" && typeof other === "number" ? comparisons[operator]?.(one, other) : undefined;
}

const comparisons: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  "<": (one, other) => one < other,
  ">": (one, other) => one > other,
  "<=": (one, other) => one <= other,
  ">=": (one, other) => one >= other,
};

function evaluateLogical(node: SyntaxNode, constants: Constants): Constant | undefined {
  const operator = textAt(node, "operator");
  const left = evaluate(nodeAt(node, "left"), constants);
  const right = evaluate(nodeAt(node, "right"), constants);
  if (left !== undefined) {
    const takesLeft = operator === "&&" ? !left.truthy : operator === "||" ? left.truthy : !left.nullish;
    if (takesLeft) return left;
    return right && { ...right, via: [...left.via, ...right.via] };
  }
  // Whatever the left side is, the whole is as falsy, or as truthy, as the right side.
  if (right === undefined || operator === "??" || right.truthy !== (operator === "||")) return undefined;
  return { truthy: right.truthy, nullish: false, via: right.via };
}

/** Whether evaluating an expression only reads; a getter or a proxy is not expected to do more. */
export function isQuiet(node: SyntaxNode | undefined, constants: Constants): boolean {
  // Reading a flag that is over is no longer wanted, whatever it does.
  if (node === undefined || constants.flagRead(node) !== undefined) return true;
  const parts = quietParts[node.type];
  if (parts === undefined || (node.type === "UnaryExpression" && textAt(node, "operator") === "delete")) return false;
  return parts.every(
    (key) => isQuiet(nodeAt(node, key), constants) && nodesAt(node, key).every((child) => isQuiet(child, constants)),
  );
}

const quietParts: Readonly<Record<string, readonly string[]>> = {
  Literal: [],
  Identifier: [],
  ThisExpression: [],
  MetaProperty: [],
  PrivateIdentifier: [],
  FunctionExpression: [],
  ArrowFunctionExpression: [],
  TemplateLiteral: ["expressions"],
  MemberExpression: ["object", "property"],
  UnaryExpression: ["argument"],
  BinaryExpression: ["left", "right"],
  LogicalExpression: ["left", "right"],
  ConditionalExpression: ["test", "consequent", "alternate"],
  ChainExpression: ["expression"],
  ObjectExpression: ["properties"],
  Property: ["value"],
  ArrayExpression: ["elements"],
  TSAsExpression: ["expression"],
  TSSatisfiesExpression: ["expression"],
  TSNonNullExpression: ["expression"],
};
