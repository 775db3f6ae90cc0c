import type { ModuleReference } from "./module.ts";
import type { SyntaxNode } from "./syntax.ts";

/** What a walk reports; positions are UTF-16 offsets into the file. */
export type Sink = {
  /** An identifier in a place where it may refer to something. `member` is the property read from it, when written out. */
  readonly name: (name: string, at: number, member?: string) => void;
  /** An identifier that stands for a type; `parameter` when values are passed as that type. */
  readonly type: (name: string, at: number, parameter: boolean) => void;
  readonly reference: (reference: ModuleReference) => void;
  /** A name that may be that of a member. */
  readonly member: (name: string, at: number, how: Mentioning) => void;
  /** A string literal that is spelled like a name. */
  readonly word: (text: string) => void;
  /** A class, function, method or variable with a name of its own, for name paths. */
  readonly named: (name: string, node: SyntaxNode) => void;
  /** A node that may choose between branches, hold statements behind a jump, take parameters or pass them. */
  readonly choice: (node: SyntaxNode) => void;
  /** A declaration inside a function; `scope` is where its name can be seen. */
  readonly local: (declaration: SyntaxNode, statement: SyntaxNode, scope: Scope) => void;
};

/** How a name is mentioned: `loose` when not even `private` is in its way, `key` when an object is made with it. */
type Mentioning = "plain" | "loose" | "key";

/** The innermost function or block around a node, and the outermost function around that. */
export type Scope = { readonly node: SyntaxNode; readonly functionNode: SyntaxNode; readonly outermost: SyntaxNode };

/** One walk over one statement. Identifiers that only bind or only name a property are not reported. */
export type Walk = {
  readonly sink: Sink;
  readonly scope: Scope | undefined;
  readonly into: (node: SyntaxNode | undefined) => void;
  /** The same walk in a scope inside. */
  readonly within: (scope: Scope) => Walk;
};
