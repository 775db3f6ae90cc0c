import type { Span } from "../core/edit.ts";
import type { Declaration, Inner, Shape } from "./module.ts";
import { dottedName, type PurityContext } from "./purity.ts";
import { readClass } from "./read-class.ts";
import { readEnum, readNamespace, readObject } from "./read-fields.ts";
import { readType } from "./read-types.ts";
import { nodeAt, nodesAt, spelling, textAt, type SyntaxNode } from "./syntax.ts";

/** What the classes of a module are made of. */
export type ReadMembers = {
  readonly inner: readonly Inner[];
  readonly shapes: readonly Shape[];
  /** Where the names of the parts stand: they declare, and so mention nothing. */
  readonly keys: ReadonlySet<number>;
};

type Frame = {
  readonly context: PurityContext;
  /** Whether a name is declared in one piece: what is declared in several is no one place to read. */
  readonly isWhole: (name: string) => boolean;
};

/** Reads the members of each class that a module declares; only what could go without anything else is a part. */
export function readMembers(
  walked: readonly SyntaxNode[],
  declarations: readonly Declaration[],
  context: PurityContext,
): ReadMembers {
  const inner: Inner[] = [];
  const shapes: Shape[] = [];
  const keys = new Set<number>();
  const whole = new Set(declarations.flatMap(({ names, parts }) => (parts.length === 1 ? names : [])));
  const frame = { context, isWhole: (name: string) => whole.has(name) };
  const declarationAt = createDeclarationIndex(declarations);
  for (const node of walked) {
    const declaration = declarationAt(node);
    if (declaration < 0 || node["declare"] === true) continue;
    if (/^(ClassDeclaration|TSInterfaceDeclaration)$/.test(node.type))
      shapes.push({ declaration, heritage: heritageOf(node) });
    for (const part of readParts(node, frame)) {
      inner.push(part);
      for (const key of part.member?.keys ?? []) keys.add(key);
    }
  }
  return { inner, shapes, keys };
}

/** Finds the declaration that holds a statement, or what an export statement holds; -1 when there is none. */
function createDeclarationIndex(declarations: readonly Declaration[]): (node: SyntaxNode) => number {
  const spans = declarations
    .flatMap(({ parts }, declaration) => parts.map(({ span }) => ({ span, declaration })))
    .sort((a, b) => a.span.start - b.span.start);
  return (node) => {
    // Statements do not overlap, so only the last one that begins at or before this node may hold it.
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.span.start ?? Infinity) <= node.start) low = middle + 1;
      else high = middle;
    }
    const nearest = spans[low - 1];
    return nearest !== undefined && holds(nearest.span, node) ? nearest.declaration : -1;
  };
}

const readers: Readonly<Record<string, (node: SyntaxNode, name: string, context: PurityContext) => readonly Inner[]>> =
  {
    TSEnumDeclaration: readEnum,
    TSModuleDeclaration: readNamespace,
    TSInterfaceDeclaration: readType,
    TSTypeAliasDeclaration: readType,
    ObjectExpression: readObject,
  };

function readParts(node: SyntaxNode, { isWhole, context }: Frame): readonly Inner[] {
  const name = spelling(nodeAt(node, "id")) ?? "default";
  if (node.type === "ClassDeclaration") return readClass(node, name, context);
  if (node.type === "VariableDeclaration")
    return textAt(node, "kind") === "const" ? readConstants(node, isWhole, context) : [];
  return isWhole(name) ? (readers[node.type]?.(node, name, context) ?? []) : [];
}

function readConstants(node: SyntaxNode, isWhole: (name: string) => boolean, context: PurityContext): readonly Inner[] {
  return nodesAt(node, "declarations").flatMap((declarator) => {
    const id = nodeAt(declarator, "id");
    const value = withoutConst(nodeAt(declarator, "init"));
    const name = spelling(id);
    // A type that is written beside it may ask for any member.
    if (id?.type !== "Identifier" || nodeAt(id, "typeAnnotation") !== undefined || name === undefined) return [];
    return value?.type === "ObjectExpression" && isWhole(name) ? readObject(value, name, context) : [];
  });
}

function withoutConst(value: SyntaxNode | undefined): SyntaxNode | undefined {
  const type = value?.type === "TSAsExpression" ? nodeAt(value, "typeAnnotation") : undefined;
  const isConst = type?.type === "TSTypeReference" && spelling(nodeAt(type, "typeName")) === "const";
  return value !== undefined && isConst ? nodeAt(value, "expression") : value;
}

function holds(span: Span, node: SyntaxNode): boolean {
  return span.start <= node.start && node.end <= span.end;
}

function heritageOf(node: SyntaxNode): readonly (string | null)[] {
  const base = nodeAt(node, "superClass");
  const written = [...nodesAt(node, "implements"), ...nodesAt(node, "extends")].map((clause) =>
    nodeAt(clause, "expression"),
  );
  return [...(base === undefined ? [] : [base]), ...written].map((type) => dottedName(type) ?? null);
}
