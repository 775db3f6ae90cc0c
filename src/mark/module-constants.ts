import type { Bindings } from "./bindings.ts";
import { evaluate, isWider, type Constant, type Constants } from "./constants.ts";
import { stopOf } from "./completion.ts";
import type { Flags } from "./flags.ts";
import { children, isFunctionNode, isNode, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** What is known of the values in one module. */
export type ModuleScope = {
  readonly body: readonly SyntaxNode[];
  readonly bindings: Bindings;
  /** Declarators of constants inside functions. */
  readonly locals: readonly SyntaxNode[];
  /** What imported names stand for, as far as it is known. */
  readonly imported: ReadonlyMap<string, Constant>;
  readonly flags: Flags;
  readonly importedNames: ReadonlySet<string>;
  /** Told of an imported name, or of `name()`, that is asked for and not known. */
  readonly onUnknown: (name: string) => void;
};

/**
 * The constants of a module. A name is trusted only if the whole file binds it once: then it cannot be shadowed, whatever
 * scope it is used in.
 */
export function createConstants(scope: ModuleScope): Constants {
  const values = new Map<string, Constant | undefined>();
  const results = new Map<string, Constant | undefined>();
  const initialisers = findInitialisers(scope);
  const functions = findFunctions(scope.body, initialisers);
  const { isBoundOnce } = scope.bindings;
  const remember = (
    memory: Map<string, Constant | undefined>,
    name: string,
    find: () => Constant | undefined,
  ): Constant | undefined => {
    if (memory.has(name)) return memory.get(name);
    // A name that is asked for while it is worked out refers to itself.
    memory.set(name, undefined);
    const found = find();
    memory.set(name, found);
    return found;
  };
  const constants: Constants = {
    lookUp: (identifier) => {
      const name = textAt(identifier, "name") ?? "";
      return remember(values, name, () => {
        if (scope.importedNames.has(name) && !scope.imported.has(name)) scope.onUnknown(name);
        const value = scope.imported.get(name) ?? evaluate(initialisers.get(name), constants);
        if (value === undefined || name.startsWith("__") || !isBoundOnce(name)) return undefined;
        return value.exact === undefined ? value : { ...value, via: [...value.via, name] };
      });
    },
    lookUpResult: (name) =>
      remember(results, name, () => {
        if (scope.importedNames.has(name) && !scope.imported.has(`${name}()`)) scope.onUnknown(`${name}()`);
        const value = scope.imported.get(`${name}()`) ?? resultOf(functions.get(name), constants);
        return value !== undefined && isBoundOnce(name) ? value : undefined;
      }),
    flagRead: scope.flags.read,
    isFlag: scope.flags.isNamed,
  };
  return constants;
}

function findInitialisers({ body, locals }: ModuleScope): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  const atTop = body
    .map((statement) => (statement.type === "ExportNamedDeclaration" ? nodeAt(statement, "declaration") : statement))
    .filter(isNode)
    .filter(
      (node) => node.type === "VariableDeclaration" && textAt(node, "kind") === "const" && node["declare"] !== true,
    )
    .flatMap((node) => nodesAt(node, "declarations"));
  for (const declarator of [...atTop, ...locals]) {
    const id = nodeAt(declarator, "id");
    const init = nodeAt(declarator, "init");
    // A type that also allows something else says that another value may stand there one day, or in another build.
    const annotation = id === undefined ? undefined : nodeAt(id, "typeAnnotation");
    const type = annotation === undefined ? undefined : nodeAt(annotation, "typeAnnotation");
    if (id?.type === "Identifier" && init !== undefined && !isWider(type)) found.set(textAt(id, "name") ?? "", init);
  }
  return found;
}

function findFunctions(
  body: readonly SyntaxNode[],
  initialisers: ReadonlyMap<string, SyntaxNode>,
): ReadonlyMap<string, SyntaxNode> {
  const declared = body
    .map((statement) => (/^Export/.test(statement.type) ? nodeAt(statement, "declaration") : statement))
    .filter(isNode)
    .filter(({ type }) => type === "FunctionDeclaration");
  return new Map([
    ...[...initialisers].filter(([, value]) => isFunctionNode(value)),
    ...declared.map((node) => [textAt(nodeAt(node, "id") ?? node, "name") ?? "", node] as const),
  ]);
}

/** What a function gives in every case; undefined when it may give this or that, or run to its end. */
function resultOf(node: SyntaxNode | undefined, constants: Constants): Constant | undefined {
  if (node === undefined || node["async"] === true || node["generator"] === true) return undefined;
  const body = nodeAt(node, "body");
  if (body === undefined) return undefined;
  if (body.type !== "BlockStatement") return evaluate(body, constants);
  if (stopOf(body, constants) === null) return undefined;
  const values = returnsIn(body).map((value) => evaluate(value, constants));
  const [first] = values;
  // What differs in its value may still agree in being an object.
  return values.length > 0 && values.every((value) => value?.exact === undefined && value?.truthy === true)
    ? first
    : undefined;
}

function returnsIn(node: SyntaxNode): readonly (SyntaxNode | undefined)[] {
  if (node.type === "ReturnStatement") return [nodeAt(node, "argument")];
  return /Function|^Class/.test(node.type) ? [] : children(node).flatMap(returnsIn);
}

/** The constants that a module offers to others: values by their names, results of functions by `name()`. */
export function offeredConstants(scope: ModuleScope, constants: Constants): ReadonlyMap<string, Constant> {
  const initialisers = findInitialisers({ ...scope, locals: [] });
  const offered = new Map<string, Constant>();
  for (const name of initialisers.keys()) {
    const value = constants.lookUp({ type: "Identifier", name, start: 0, end: 0 });
    if (value !== undefined) offered.set(name, { ...value, via: [] });
  }
  for (const name of findFunctions(scope.body, initialisers).keys()) {
    const value = constants.lookUpResult(name);
    if (value !== undefined) offered.set(`${name}()`, { ...value, via: [] });
  }
  return offered;
}
