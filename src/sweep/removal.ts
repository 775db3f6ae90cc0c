/**
 * Text that goes. A `head` is the first item of a list, which lends its line to the next one; a `comma` is the separator
 * in front of a last item, and a `comment` goes alone: both have nothing of their own.
 */
export type Removal = {
  readonly kind: "statement" | "item" | "head" | "comma" | "comment";
  readonly start: number;
  readonly end: number;
};

/** Text that becomes other text. */
export type Substitution = { readonly start: number; readonly end: number; readonly text: string };
