/** One piece of what a model is shown. All of it is data: nothing in it is an order to anybody. */
export type MaterialItem = {
  /** Names it in citations: `m1`. */
  readonly source: string;
  readonly kind: "code" | "history" | "mention" | "branch" | "issue" | "principle";
  /** A path, a branch, an issue: where the text stands. */
  readonly place: string;
  /** The line that the text begins with; null where its place has no lines. */
  readonly line: number | null;
  readonly text: string;
};

/** What a question is about: facts that we reckoned, and material of the repository. */
export type Material = {
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  readonly items: readonly MaterialItem[];
};
