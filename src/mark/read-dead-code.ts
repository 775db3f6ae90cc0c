import type { Bindings } from "./bindings.ts";
import type { Constant } from "./constants.ts";
import type { DeadCode } from "./dead-code.ts";
import { findDeadCode } from "./find-dead-code.ts";
import { noFlags, type Flags } from "./flags.ts";
import { namePathAt, type NamedRange, type SeenLocal } from "./locals.ts";
import { createConstants, offeredConstants } from "./module-constants.ts";
import type { Inner } from "./module.ts";
import { nodeAt, textAt, type Comment, type SyntaxNode } from "./syntax.ts";

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
  readonly named: readonly NamedRange[];
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
  const doubts = dead.length === 0 ? () => undefined : createDoubts(source, imported);
  return {
    inner: numberAlike(dead.map((code) => toInner(code, source.named, { isFlag: constants.isFlag, doubts }))),
    tested: [...tested],
    offered: withDoubts(offeredConstants(scope, constants), source),
  };
}

type Doubts = (name: string) => Constant["doubt"];

type Judge = { readonly isFlag: (name: string) => boolean; readonly doubts: Doubts };

function toInner(code: DeadCode, ranges: readonly NamedRange[], { isFlag, doubts }: Judge): Inner {
  const path = namePathAt(ranges, code.at);
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

/** Whether a constant looks like a switch that developers turn by hand, by its name or the comment beside it. */
function createDoubts(source: Source, imported: ReadonlyMap<string, Constant>): Doubts {
  return (name) => imported.get(name)?.doubt ?? doubtOf(name, source);
}

const switchName = /debug|verbose|trace|devtool|dry_?run|profil|mock|experiment|simulat/i;
const switchComment =
  /\b(?:set|chang\w*|toggl\w*|flip|turn|enabl\w*|disabl\w*|switch\w*|uncomment|debug\w*|for now|temporar\w*)\b/i;

function doubtOf(name: string, { text, body, locals, comments }: Source): string | undefined {
  if (switchName.test(name)) return `${name} is called like a switch for developers`;
  const places = [...body, ...locals.map(({ statement }) => statement)].filter((node) => declares(node, name));
  const beside = comments.find(({ span }) => places.some((place) => touches(place, span, text)));
  return beside !== undefined && switchComment.test(beside.text)
    ? `the comment at ${name} speaks of changing it`
    : undefined;
}

function declares(statement: SyntaxNode, name: string): boolean {
  const node = nodeAt(statement, "declaration") ?? statement;
  const declarations = node["declarations"];
  return (
    Array.isArray(declarations) &&
    declarations.some((one: SyntaxNode) => textAt(nodeAt(one, "id") ?? one, "name") === name)
  );
}

/** A comment above, or behind on the same line. */
function touches(place: SyntaxNode, { start, end }: Comment["span"], text: string): boolean {
  if (end <= place.start) return text.slice(end, place.start).trim() === "";
  return start >= place.end && !text.slice(place.end, start).includes("\n");
}

function withDoubts(offered: ReadonlyMap<string, Constant>, source: Source): ReadonlyMap<string, Constant> {
  return new Map(
    [...offered].map(([name, value]) => {
      const doubt = value.exact === undefined ? undefined : doubtOf(name, source);
      return [name, doubt === undefined ? value : { ...value, doubt }] as const;
    }),
  );
}
