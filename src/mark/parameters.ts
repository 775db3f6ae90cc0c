import type { Span } from "../core/edit.ts";
import { isAnyIn, type PartChange } from "./module.ts";
import { argumentChanges, listAround } from "./call-sites.ts";
import { isQuiet, nothingKnown } from "./constants.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** Parameters of one function that its body never names, with the arguments that its callers pass for them. */
export type UnusedParameters = {
  /** Name path of the function, or of what holds it. */
  readonly path: string;
  readonly at: number;
  readonly names: readonly { readonly name: string; readonly span: Span }[];
  readonly changes: readonly PartChange[];
  readonly because: string;
  /** Why somebody may still pass it. */
  readonly doubt?: string;
};

/** What deciding on parameters needs of one file. */
export type ParameterSource = {
  readonly text: string;
  /** Functions, classes and calls of the file. */
  readonly nodes: readonly SyntaxNode[];
  /** Where names are used, in order. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** The functions, classes and variables with a name around a position. */
  readonly pathAt: (position: number) => string;
  /** Names that other modules can import. */
  readonly exported: ReadonlySet<string>;
  /** Whether the whole file binds a name once, so that it means one thing everywhere. */
  readonly isBoundOnce: (name: string) => boolean;
};

/** The parameters that nothing uses and that can go with every argument that is passed for them. */
export function findUnusedParameters(source: ParameterSource): readonly UnusedParameters[] {
  if (/\beval\s*\(/.test(source.text)) return [];
  return source.nodes.flatMap((node) => readers[node.type]?.(node, source) ?? []);
}

type Read = (node: SyntaxNode, source: ParameterSource) => readonly UnusedParameters[];

const readers: Readonly<Record<string, Read>> = {
  FunctionDeclaration: (node, source) => [
    ...calledByName(node, nodeAt(node, "id"), source),
    ...inPattern(node, source),
  ],
  VariableDeclarator: (node, source) => {
    const value = nodeAt(node, "init");
    return value !== undefined && /Function/.test(value.type) ? calledByName(value, nodeAt(node, "id"), source) : [];
  },
  ArrowFunctionExpression: inPattern,
  FunctionExpression: inPattern,
  CallExpression: passedAlong,
  ClassBody: inMethods,
};

function pathOf(unused: readonly { readonly span: Span }[], { pathAt }: ParameterSource): string {
  return pathAt(unused[0]?.span.start ?? 0);
}

type Unused = { readonly index: number; readonly name: string; readonly span: Span };

/** The plain parameters that the function never names; none where all arguments can be seen at once. */
function unusedIn(fn: SyntaxNode, { names, text }: ParameterSource): readonly Unused[] {
  const parameters = nodesAt(fn, "params");
  const isUsed = (name: string) => isAnyIn(names.get(name), fn);
  if (parameters.length === 0 || nodeAt(fn, "body") === undefined || isUsed("arguments")) return [];
  return parameters.flatMap((parameter, index): readonly Unused[] => {
    const name = plainName(parameter);
    // A comment in a parameter says what it is for.
    const isNoted = text.slice(parameter.start, parameter.end).includes("/*");
    if (name === undefined || isNoted || isUsed(name)) return [];
    return [{ index, name, span: { start: parameter.start, end: parameter.end } }];
  });
}

/** The name of a parameter that binds one, unless it says that it is there on purpose. */
function plainName(parameter: SyntaxNode): string | undefined {
  const isDefault = parameter.type === "AssignmentPattern";
  const binding = isDefault ? nodeAt(parameter, "left") : parameter;
  const name = binding?.type === "Identifier" ? textAt(binding, "name") : undefined;
  const isWanted = name === undefined || name === "this" || name.startsWith("_");
  if (isWanted || nodesAt(parameter, "decorators").length > 0) return undefined;
  return isDefault && !isPlainDefault(parameter) ? undefined : name;
}

function isPlainDefault(pattern: SyntaxNode): boolean {
  return isQuiet(nodeAt(pattern, "right"), nothingKnown);
}

/** Those behind which no parameter is used. */
function trailing(fn: SyntaxNode, unused: readonly Unused[]): readonly Unused[] {
  const count = nodesAt(fn, "params").length;
  return unused.filter(({ index }) => unused.filter((other) => other.index >= index).length === count - index);
}

/** A function that is only ever called by its name: each parameter goes with its arguments. */
function calledByName(
  fn: SyntaxNode,
  id: SyntaxNode | undefined,
  source: ParameterSource,
): readonly UnusedParameters[] {
  const name = id?.type === "Identifier" && nodeAt(id, "typeAnnotation") === undefined ? textAt(id, "name") : undefined;
  const unused = name === undefined || source.exported.has(name) ? [] : unusedIn(fn, source);
  const calls = name === undefined || unused.length === 0 ? undefined : everyCall(name, source);
  if (name === undefined || calls === undefined) return [];
  const positions = unused.map(({ index }) => index);
  const own = parameterChanges(fn, unused, source.text);
  const passed = argumentChanges(calls, positions, source.text);
  if (own === undefined || passed === undefined) return [];
  const because = `${name} never names it, and every call of it can be seen: ${calls.length}`;
  return [{ path: pathOf(unused, source), at: fn.start, names: unused, changes: [...own, ...passed], because }];
}

/** All calls of a name; undefined when it is also passed on, tagged or bound again, or never called. */
function everyCall(name: string, { nodes, names, isBoundOnce }: ParameterSource): readonly SyntaxNode[] | undefined {
  const places = new Set(names.get(name));
  const calls = nodes.filter((node) => node.type === "CallExpression" && isNamed(nodeAt(node, "callee"), name));
  for (const call of calls) places.delete(nodeAt(call, "callee")?.start ?? -1);
  return calls.length === 0 || places.size > 0 || !isBoundOnce(name) ? undefined : calls;
}

function isNamed(node: SyntaxNode | undefined, name: string): boolean {
  return node?.type === "Identifier" && textAt(node, "name") === name;
}

function parameterChanges(fn: SyntaxNode, unused: readonly Unused[], text: string): readonly PartChange[] | undefined {
  const parameters = nodesAt(fn, "params");
  const list = listAround(parameters, text, fn);
  return (
    list &&
    unused.map(({ span }) => ({ kind: "remove-item", span, owner: list, size: parameters.length, whenEmpty: "()" }))
  );
}

/** What calls a function that it is given without looking at how many parameters that has. */
const callers =
  /^(?:map|filter|forEach|find|findIndex|findLast|findLastIndex|some|every|flatMap|then|catch|finally|subscribe|tap|addEventListener|setTimeout|setInterval|setImmediate|requestAnimationFrame|queueMicrotask|nextTick)$/;

/** A function that is written as an argument. */
function passedAlong(call: SyntaxNode, source: ParameterSource): readonly UnusedParameters[] {
  const callee = nodeAt(call, "callee");
  const caller = spelling(callee?.type === "MemberExpression" ? nodeAt(callee, "property") : callee) ?? "";
  if (!callers.test(caller) || callee?.["computed"] === true) return [];
  return nodesAt(call, "arguments").flatMap((fn): readonly UnusedParameters[] => {
    if (!/^(?:Arrow)?Function/.test(fn.type)) return [];
    const unused = trailing(fn, unusedIn(fn, source));
    const changes = unused.length === 0 ? undefined : parameterChanges(fn, unused, source.text);
    const because = `the function that is passed to ${caller} never names it`;
    return changes === undefined
      ? []
      : [{ path: pathOf(unused, source), at: fn.start, names: unused, changes, because }];
  });
}

/** The last parameters of methods: who calls one through another type may pass more than it takes. */
function inMethods(body: SyntaxNode, source: ParameterSource): readonly UnusedParameters[] {
  const members = nodesAt(body, "body");
  return members.flatMap((member): readonly UnusedParameters[] => {
    const fn = nodeAt(member, "value");
    const name = spelling(nodeAt(member, "key"));
    if (
      member.type !== "MethodDefinition" ||
      textAt(member, "kind") !== "method" ||
      fn === undefined ||
      name === undefined
    )
      return [];
    const isOverloaded = members.filter((other) => spelling(nodeAt(other, "key")) === name).length > 1;
    if (isOverloaded || nodesAt(member, "decorators").length > 0 || fn.type !== "FunctionExpression") return [];
    const unused = trailing(fn, unusedIn(fn, source));
    const changes = unused.length === 0 ? undefined : parameterChanges(fn, unused, source.text);
    if (changes === undefined) return [];
    const doubt = "who calls the method may pass it; only the type check knows";
    return [
      {
        path: pathOf(unused, source),
        at: member.start,
        names: unused,
        changes,
        because: `${name} never names it`,
        doubt,
      },
    ];
  });
}

/** Properties that a parameter takes out of an object and nothing names; the object is passed as before. */
function inPattern(fn: SyntaxNode, source: ParameterSource): readonly UnusedParameters[] {
  return nodesAt(fn, "params").flatMap((parameter): readonly UnusedParameters[] => {
    const pattern = parameter.type === "AssignmentPattern" ? nodeAt(parameter, "left") : parameter;
    const properties = pattern?.type === "ObjectPattern" ? nodesAt(pattern, "properties") : [];
    if (pattern === undefined || properties.some((one) => one.type !== "Property" || one["computed"] === true))
      return [];
    const isUsed = (name: string) => isAnyIn(source.names.get(name), fn);
    if (isUsed("arguments")) return [];
    const unused = properties.flatMap((property) => {
      const name = boundName(property);
      return name === undefined || name.startsWith("_") || isUsed(name)
        ? []
        : [{ name, span: { start: property.start, end: property.end } }];
    });
    // A function that takes nothing out may have its shape for somebody else.
    if (unused.length === 0 || unused.length === properties.length) return [];
    const braces = { start: pattern.start, end: closingBrace(pattern, properties, source.text) };
    const changes = unused.map(({ span }): PartChange => ({
      kind: "remove-item",
      span,
      owner: braces,
      size: properties.length,
    }));
    return [
      {
        path: pathOf(unused, source),
        at: fn.start,
        names: unused,
        changes,
        because: "the function takes it out of an object and never names it",
      },
    ];
  });
}

function closingBrace(pattern: SyntaxNode, properties: readonly SyntaxNode[], text: string): number {
  return text.indexOf("}", properties.at(-1)?.end ?? pattern.start) + 1;
}

function boundName(property: SyntaxNode): string | undefined {
  const value = nodeAt(property, "value");
  const isDefault = value?.type === "AssignmentPattern" && isPlainDefault(value);
  const name = isDefault ? nodeAt(value, "left") : value;
  return name?.type === "Identifier" ? textAt(name, "name") : undefined;
}

/** Kinds of nodes in which parameters are looked for, or that call. */
export const taking: ReadonlySet<string> = new Set(Object.keys(readers));
