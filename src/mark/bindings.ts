import { isAnyIn } from "./module.ts";
import { boundNames, children, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** Where a module binds names, whatever scope it does so in. */
export type Bindings = {
  /** Whether the module binds a name anywhere. */
  readonly isBound: (name: string) => boolean;
  /** Whether the whole module binds a name once, so that it means one thing everywhere. */
  readonly isBoundOnce: (name: string) => boolean;
  /** Whether a function binds a name somewhere inside; its own name is bound outside of it. */
  readonly isBoundIn: (name: string, fn: SyntaxNode) => boolean;
};

/** Looks for what is bound when it is first asked, since most questions about a module are settled before. */
export function createBindings(body: readonly SyntaxNode[]): Bindings {
  let positions: ReadonlyMap<string, readonly number[]> | undefined;
  const positionsOf = (name: string) => (positions ??= findBindings(body)).get(name) ?? [];
  return {
    isBound: (name) => positionsOf(name).length > 0,
    isBoundOnce: (name) => positionsOf(name).length === 1,
    isBoundIn: (name, fn) => {
      const { start, end } = nodeAt(fn, "id") ?? { start: fn.start, end: fn.start };
      const found = positionsOf(name);
      return isAnyIn(found, { start: fn.start, end: start }) || isAnyIn(found, { start: end, end: fn.end });
    },
  };
}

function findBindings(body: readonly SyntaxNode[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const bind = (pattern: SyntaxNode | undefined): void => {
    for (const bound of boundNames(pattern)) {
      const name = textAt(bound, "name") ?? "";
      const positions = found.get(name);
      if (positions === undefined) found.set(name, [bound.start]);
      else positions.push(bound.start);
    }
  };
  const pending: SyntaxNode[] = [...body];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    bind(nodeAt(node, "id"));
    bind(nodeAt(node, "param"));
    for (const parameter of nodesAt(node, "params")) bind(parameter);
    if (isImportSpecifier(node)) bind(nodeAt(node, "local"));
    for (const child of children(node)) pending.push(child);
  }
  for (const positions of found.values()) positions.sort((a, b) => a - b);
  return found;
}

function isImportSpecifier({ type }: SyntaxNode): boolean {
  return type === "ImportSpecifier" || type === "ImportDefaultSpecifier" || type === "ImportNamespaceSpecifier";
}
