import type { Bindings } from "./bindings.ts";
import type { Constant } from "./constants.ts";
import type { DeadCode } from "./dead-code.ts";
import { findDeadCode } from "./find-dead-code.ts";
import { createDoubts, type Doubts } from "./doubts.ts";
import { noFlags, type Flags } from "./flags.ts";
import type { SeenLocal } from "./locals.ts";
import { createConstants, offeredConstants } from "./module-constants.ts";
import type { Inner } from "./module.ts";
import type { NamePaths } from "./name-paths.ts";
import { textAt, type Comment, type SyntaxNode } from "./syntax.ts";

/** What a second look at a file knows that the first could not. */
export type Folding = {
  readonly flags: Flags;
  /** What the imported names stand for. */
  readonly imported: ReadonlyMap<string, Constant>;
};

/** For the first look. */
export const noFolding: Folding = { flags: noFlags, imported: new Map() };

/** What one file says of code that is never reached. */
export type ReadDeadCode = {
  readonly inner: readonly Inner[];
  /** Constants that other modules may import. */
  readonly offered: ReadonlyMap<string, Constant>;
  /** Imported names on whose value a choice depends; `name()` for the result of a function. */
  readonly tested: readonly string[];
};

type Source = {
  readonly text: string;
  readonly body: readonly SyntaxNode[];
  readonly bindings: Bindings;
  readonly comments: readonly Comment[];
  readonly choices: readonly SyntaxNode[];
  readonly locals: readonly SeenLocal[];
  readonly pathAt: NamePaths;
  readonly importedNames: ReadonlySet<string>;
};

/** Finds the dead code of a file, as parts that nothing can use. */
export function readDeadCode(source: Source, { flags, imported }: Folding): ReadDeadCode {
  const { text, body, choices } = source;
  const locals = source.locals.flatMap(({ declaration, statement }) =>
    textAt(statement, "kind") === "const" && declaration.type === "VariableDeclarator" ? [declaration] : [],
  );
  const tested = new Set<string>();
  const scope = {
    body,
    bindings: source.bindings,
    locals,
    imported,
    flags,
    importedNames: source.importedNames,
    onUnknown: (name: string) => tested.add(name),
  };
  const constants = createConstants(scope);
  const dead = findDeadCode({ text, body, choices, constants, mayReadFlags: flags !== noFlags });
  const ownDoubts = createDoubts(source);
  const doubts = (name: string) => imported.get(name)?.doubt ?? ownDoubts(name);
  return {
    inner: numberAlike(dead.map((code) => toInner(code, source.pathAt, { isFlag: constants.isFlag, doubts }))),
    tested: [...tested],
    offered: withDoubts(offeredConstants(scope, constants), ownDoubts),
  };
}

type Judge = { readonly isFlag: (name: string) => boolean; readonly doubts: Doubts };

function toInner(code: DeadCode, pathAt: NamePaths, { isFlag, doubts }: Judge): Inner {
  const path = pathAt(code.at);
  const named = code.via.filter((name) => !isFlag(name)).map(doubts);
  const doubt = code.doubt ?? named.find((found) => found !== undefined);
  return {
    kind: code.via.length > 0 ? "flag" : "unreachable",
    name: `${path}>${code.label}`,
    spans: code.spans,
    changes: code.changes,
    because: code.because,
    ...(doubt === undefined ? {} : { doubt: { at: code.at, text: doubt } }),
  };
}

/** Of parts with one name the second is `(2)`. */
function numberAlike(parts: readonly Inner[]): readonly Inner[] {
  const seen = new Map<string, number>();
  return parts.map((part) => {
    const count = (seen.get(part.name) ?? 0) + 1;
    seen.set(part.name, count);
    return count === 1 ? part : { ...part, name: `${part.name} (${count})` };
  });
}

function withDoubts(offered: ReadonlyMap<string, Constant>, doubts: Doubts): ReadonlyMap<string, Constant> {
  return new Map(
    [...offered].map(([name, value]) => {
      const doubt = value.exact === undefined ? undefined : doubts(name);
      return [name, doubt === undefined ? value : { ...value, doubt }] as const;
    }),
  );
}
