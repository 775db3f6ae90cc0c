import type { Span } from "../core/edit.ts";
import type { Keep } from "../core/keep.ts";
import type { RepoPath } from "../core/names.ts";
import type { CodePrint } from "./code-print.ts";
import type { Constant } from "./constants.ts";
import type { UnusedParameters } from "./parameters.ts";
import type { Notes } from "./read-notes.ts";

/** What kind of thing a module-level name declares. */
export type DeclarationKind =
  "function" | "class" | "variable" | "type" | "interface" | "enum" | "namespace" | "default";

/** One piece of source that has to go for a declaration to be gone: overloads and merged declarations have several. */
export type Part = {
  /** The whole statement, or the item when `item` is set. */
  readonly span: Span;
  /** Set for one of several declarators of a statement. */
  readonly item?: { readonly owner: Span; readonly size: number };
  /** The word `export` (and `default`) with the space behind it, when the declaration carries one. */
  readonly exportKeyword?: Span;
};

/** Everything that one name declares at module level, as one node: all its parts live and die together. */
export type Declaration = {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** Exists for the compiler only. */
  readonly typeOnly: boolean;
  /** Names bound together with it by one pattern, itself included. */
  readonly names: readonly string[];
  readonly parts: readonly Part[];
  /** Evaluating it does nothing that anybody could notice; else dropping it would drop an effect. */
  readonly pure: boolean;
  /** Calls of functions in this repository that must be pure for this declaration to be pure. */
  readonly pureIf: readonly string[];
  /** For a function: the calls its own purity rests on; `null` when calling it may be noticed, or it is no function. */
  readonly pureWhenCalled: readonly string[] | null;
  /** Why it must stay, when an annotation says so. */
  readonly keep?: string;
};

/** A module-level statement that does something when the module is loaded. */
export type Effect = { readonly span: Span; readonly pureIf: readonly string[] };

/** A name that an import statement brings in. */
export type ImportBinding = {
  readonly local: string;
  /** Name in the other module, `default`, or `*` for its namespace object. */
  readonly imported: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly span: Span;
  readonly statement: number;
};

/** An import or re-export statement with a specifier. */
export type ImportStatement = {
  readonly specifier: string;
  readonly span: Span;
  readonly typeOnly: boolean;
  /** Number of specifiers; 0 is an import for its effects. */
  readonly size: number;
  readonly kind: "import" | "export" | "star" | "equals";
};

/** A name that a module offers to others. */
export type ExportEntry = {
  readonly name: string;
  /** Declared here under this name, or `from` another module. */
  readonly source:
    | { readonly kind: "local"; readonly local: string }
    | { readonly kind: "from"; readonly specifier: string; readonly imported: string };
  readonly typeOnly: boolean;
  /** The specifier in an export list, or the statement `export default name`; absent when the declaration itself says export. */
  readonly site?: { readonly span: Span; readonly owner: Span; readonly size: number };
};

/** `export * from` and `export * as name from`. */
export type StarExport = { readonly specifier: string; readonly span: Span; readonly typeOnly: boolean };

/** One occurrence of a module-level name. `member` is set for `name.member` with a name that is written out. */
export type Use = {
  readonly name: string;
  readonly at: number;
  readonly member?: string;
  /** It stands for a type there, which is that of a parameter or any other. */
  readonly typeOnly?: true | "parameter";
};

/** A reference to a module that is not a static import: `import()`, `require()`, `import.meta.glob()`, a path in a string. */
export type ModuleReference = {
  readonly at: number;
  readonly kind: "dynamic-import" | "require" | "import-type" | "string" | "glob" | "pattern" | "computed";
  /** The specifier, the glob pattern, or the known text parts of a computed path joined by `*`. */
  readonly text: string;
  /** For an import type or a destructured import: the only names taken from the module. */
  readonly members?: readonly string[];
};

/** A declaration inside a function that nothing in its scope names. */
export type LocalDeclaration = {
  readonly name: string;
  readonly kind: "variable" | "function" | "class" | "type" | "interface" | "enum";
  readonly span: Span;
  readonly item?: { readonly owner: Span; readonly size: number; readonly whenEmpty?: string };
  /** Only `const name =` goes: the call that made the value stays for what it does. */
  readonly leavesCall?: boolean;
  /** For a variable that is only written: what takes the writes away. */
  readonly writes?: readonly PartChange[];
  readonly line: number;
  readonly endLine: number;
  /** Name path of the function that holds it. */
  readonly within: string;
};

/**
 * How a part of a declaration is used. `name`: by whatever spells its name; `class`: by its own class alone; `qualified`:
 * by its name behind that of the declaration, or by what takes the declaration as a whole. The name of a private member
 * has its `#`.
 */
export type Member = {
  readonly name: string;
  /** Where the part spells its own name, first where it is declared. */
  readonly keys: readonly number[];
} & ({ readonly use: "name" | "qualified" } | { readonly use: "class"; readonly within: Span });

/** One change of the text that takes a part of a declaration away; like an edit, without its file. */
export type PartChange =
  | { readonly kind: "remove"; readonly span: Span }
  | { readonly kind: "unwrap"; readonly span: Span; readonly keep: Span; readonly rigid: readonly Span[] }
  | {
      readonly kind: "remove-item";
      readonly span: Span;
      readonly owner: Span;
      readonly size: number;
      readonly whenEmpty?: string;
    }
  | { readonly kind: "replace"; readonly span: Span; readonly text: string; readonly drops?: true };

/** A part of a declaration or statement that may be dead while the rest of it lives. */
export type Inner = {
  readonly kind:
    | "class-member"
    | "field"
    | "enum-member"
    | "object-member"
    | "namespace-member"
    | "type-member"
    | "unreachable"
    | "flag";
  /** Name path: `Rule.getCategoryName`, `weigh>if (DEBUG)`. */
  readonly name: string;
  /** All the text that belongs to it, first where it is declared. Spans of different parts are nested or apart. */
  readonly spans: readonly Span[];
  readonly changes: readonly PartChange[];
  /** Absent when nothing can use it, such as statements behind a return. */
  readonly member?: Member;
  /** For a member of a type: what else its values must have. */
  readonly beside?: readonly string[];
  /** For a field: whoever copies, prints or compares the object may read it without naming it. */
  readonly exposed?: true;
  /** For code that is never reached: why, as a sentence. */
  readonly because?: string;
  /** Why an owner may want it all the same, and where that stands. */
  readonly doubt?: { readonly at: number; readonly text: string };
  /** Why it must stay, when an annotation says so. */
  readonly keep?: string;
};

/** A class or interface of a module, with what it is made from. */
export type Shape = {
  readonly declaration: number;
  /** Names in its heritage clauses; null where something else than a name stands there. */
  readonly heritage: readonly (string | null)[];
};

/** Stands in a mention for what is not known of a name before the program runs. */
export const unknownPart = "\0";

/** Where names stand that may be members of something. */
export type Mentions = ReadonlyMap<string, readonly number[]>;

/** All that the mark knows of one source file; the syntax tree itself is let go. */
export type Module = {
  readonly file: RepoPath;
  readonly text: string;
  readonly declarations: readonly Declaration[];
  readonly effects: readonly Effect[];
  /** What its functions, types and constants do, to find them again elsewhere. */
  readonly prints: readonly CodePrint[];
  readonly inner: readonly Inner[];
  readonly shapes: readonly Shape[];
  /** Names of properties, keys, attributes and words in strings. */
  readonly mentions: Mentions;
  /** Those of them that get past `private`: in strings, behind a cast, or in code that is not type-checked. */
  readonly looseMentions: Mentions;
  /** Keys of objects and names of attributes: what values are made with here. */
  readonly writtenKeys: ReadonlySet<string>;
  readonly imports: readonly ImportBinding[];
  readonly statements: readonly ImportStatement[];
  readonly exports: readonly ExportEntry[];
  readonly stars: readonly StarExport[];
  readonly uses: readonly Use[];
  readonly references: readonly ModuleReference[];
  /** String literals that are spelled like a name: each may be a name looked up at run time. */
  readonly words: ReadonlySet<string>;
  readonly unusedLocals: readonly LocalDeclaration[];
  readonly unusedParameters: readonly UnusedParameters[];
  /** Constants of this module whose value is known, and `name()` for what a function always gives. */
  readonly offered: ReadonlyMap<string, Constant>;
  /** Imported names on whose value a choice depends. */
  readonly tested: readonly string[];
  /** Neither imports nor exports: its names are global and may be used by any other script or page. */
  readonly script: boolean;
  readonly commonJs: boolean;
  readonly declarationFile: boolean;
  readonly hasJsx: boolean;
  /** Extends global names or the types of another module, which nobody has to import. */
  readonly ambient: boolean;
  /** A banner says that a tool wrote it. */
  readonly generated: boolean;
  readonly lineStarts: readonly number[];
  /** Where a comment may be garbage. */
  readonly notes?: Notes;
  /** Annotations by which people keep something here. */
  readonly keeps: readonly Omit<Keep, "isUnneeded">[];
};

/** Line of a position, from 1. */
export function lineAt(module: Pick<Module, "lineStarts">, position: number): number {
  let low = 0;
  let high = module.lineStarts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((module.lineStarts[middle] ?? Infinity) <= position) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Whether one of some positions, which are in order, lies in a span. */
export function isAnyIn(positions: readonly number[] | undefined, { start, end }: Span): boolean {
  if (positions === undefined) return false;
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return (positions[low] ?? Infinity) < end;
}

/** Whether a position lies in a span. */
export function contains(span: Span, position: number): boolean {
  return position >= span.start && position < span.end;
}
