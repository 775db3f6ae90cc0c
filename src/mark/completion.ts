import { evaluate, type Constants } from "./constants.ts";
import { turnedByHand } from "./dead-code.ts";
import { children, nodeAt, nodesAt, textAt, type SyntaxNode } from "./syntax.ts";

/** Why what stands behind a statement is never reached; the names are constants that this rests on. */
export type Stop = { readonly by: string; readonly via: readonly string[]; readonly doubt?: string };

/**
 * Whether control never comes out at the end of a statement, and why. Only what the syntax and constants show counts: a
 * call that never returns is for the type checker.
 */
export function stopOf(node: SyntaxNode | undefined, constants: Constants): Stop | null {
  return node === undefined ? null : (stops[node.type]?.(node, constants) ?? null);
}

type Find = (node: SyntaxNode, constants: Constants) => Stop | null;

const jump =
  (by: string): Find =>
  () => ({ by, via: [] });

const stops: Readonly<Record<string, Find>> = {
  ReturnStatement: jump("return"),
  ThrowStatement: jump("throw"),
  BreakStatement: jump("break"),
  ContinueStatement: jump("continue"),
  BlockStatement: (node, constants) => firstStop(nodesAt(node, "body"), constants)?.stop ?? null,
  IfStatement: (node, constants) => {
    const test = evaluate(nodeAt(node, "test"), constants);
    if (test !== undefined) {
      const stop = stopOf(nodeAt(node, test.truthy ? "consequent" : "alternate"), constants);
      return stop && { ...stop, ...turnedByHand(nodeAt(node, "test")), via: [...test.via, ...stop.via] };
    }
    const alternate = stopOf(nodeAt(node, "alternate"), constants);
    return alternate && join(stopOf(nodeAt(node, "consequent"), constants), alternate);
  },
  LabeledStatement: (node, constants) => {
    const body = nodeAt(node, "body");
    const label = textAt(nodeAt(node, "label") ?? node, "name");
    return hasBreak(body, { label, isTarget: false }) ? null : stopOf(body, constants);
  },
  WhileStatement: stopOfLoop,
  DoWhileStatement: stopOfLoop,
  ForStatement: stopOfLoop,
  TryStatement: (node, constants) => {
    const last = stopOf(nodeAt(node, "finalizer"), constants);
    if (last !== null) return last;
    const block = stopOf(nodeAt(node, "block"), constants);
    const handler = nodeAt(node, "handler");
    return handler === undefined ? block : block && join(block, stopOf(nodeAt(handler, "body"), constants));
  },
  SwitchStatement: (node, constants) => {
    const cases = nodesAt(node, "cases");
    const hasDefault = cases.some((one) => nodeAt(one, "test") === undefined);
    const last = firstStop(nodesAt(cases.at(-1) ?? node, "consequent"), constants)?.stop ?? null;
    return hasDefault && !cases.some((one) => hasBreak(one, { label: undefined, isTarget: true })) ? last : null;
  },
};

function join(one: Stop | null, other: Stop | null): Stop | null {
  return (
    one && other && { by: one.by === other.by ? one.by : "branches that all end", via: [...one.via, ...other.via] }
  );
}

/** A loop without a condition, or with one that always holds, ends only by a jump. */
function stopOfLoop(node: SyntaxNode, constants: Constants): Stop | null {
  const test = nodeAt(node, "test");
  const always = test === undefined ? node.type === "ForStatement" : evaluate(test, constants)?.truthy === true;
  if (!always || hasBreak(nodeAt(node, "body"), { label: undefined, isTarget: true })) return null;
  return { by: "a loop without end", via: evaluate(test, constants)?.via ?? [] };
}

/** The first statement of a list that control does not come out of. */
export function firstStop(
  statements: readonly SyntaxNode[],
  constants: Constants,
): { readonly index: number; readonly stop: Stop } | undefined {
  for (const [index, statement] of statements.entries()) {
    const stop = stopOf(statement, constants);
    if (stop !== null) return { index, stop };
  }
  return undefined;
}

type Target = { readonly label: string | undefined; readonly isTarget: boolean };

/** Whether a break inside leaves what is asked about; a break without a label belongs to the nearest loop or switch. */
function hasBreak(node: SyntaxNode | undefined, { label, isTarget }: Target): boolean {
  if (node === undefined || /Function|^Class/.test(node.type)) return false;
  if (node.type === "BreakStatement") {
    const named = nodeAt(node, "label");
    // A label further out is left too, but then this is not where control comes out.
    return named === undefined ? isTarget : label === undefined || textAt(named, "name") === label;
  }
  const isNearer = /^(?:For|While|DoWhile|Switch)/.test(node.type) && node.type !== "SwitchCase";
  return children(node).some((child) => hasBreak(child, { label, isTarget: isTarget && !isNearer }));
}
