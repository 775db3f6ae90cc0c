import type { RepoPath } from "../core/names.ts";
import { createBindings } from "./bindings.ts";
import type { Sink } from "./sink.ts";
import { parseSource } from "./syntax.ts";
import { walkStatement } from "./walk.ts";

/** Where names stand as uses in a file that binds them nowhere. A name that is bound in any scope is left out. */
export function findStrayNames(
  file: RepoPath,
  text: string,
  names: ReadonlySet<string>,
): readonly { readonly name: string; readonly at: number }[] {
  const syntax = parseSource(file, text);
  if (syntax.kind === "unparsed") return [];
  const { isBound } = createBindings(syntax.body);
  const found: { readonly name: string; readonly at: number }[] = [];
  const use = (name: string, at: number) => {
    if (names.has(name) && !isBound(name)) found.push({ name, at });
  };
  const nothing = () => undefined;
  const sink: Sink = {
    name: use,
    type: use,
    reference: nothing,
    member: nothing,
    word: nothing,
    named: nothing,
    choice: nothing,
    local: nothing,
  };
  for (const statement of syntax.body) if (!isList(statement)) walkStatement(statement, sink);
  return found;
}

/** Imports bind, and export lists are looked at with the exports. */
function isList({ type, declaration }: { readonly type: string; readonly declaration?: unknown }): boolean {
  return type === "ImportDeclaration" || (type === "ExportNamedDeclaration" && (declaration ?? null) === null);
}
