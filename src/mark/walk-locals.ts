import type { Scope, Sink } from "./sink.ts";
import { nodesAt, type SyntaxNode } from "./syntax.ts";

/** Reports what a statement inside a function declares. */
export function reportLocals(statement: SyntaxNode, sink: Sink, scope: Scope): void {
  switch (statement.type) {
    case "VariableDeclaration":
      for (const declarator of nodesAt(statement, "declarations")) sink.local(declarator, statement, scope);
      return;
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSInterfaceDeclaration":
    case "TSEnumDeclaration":
      sink.local(statement, statement, scope);
      return;
    default:
  }
}
