import type { Garbage } from "../core/candidate.ts";
import { findCommentedCode, mayHoldCommentedCode, type CommentedCode } from "../mark/commented-code.ts";
import { lineAt, type Module } from "../mark/module.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";
import { commentSpan } from "./comment-span.ts";
import type { Pass } from "./pass.ts";

/** Code that somebody has switched off by making it a comment. */
export const commentedCode: Pass = {
  name: "commented-code",
  doc: {
    summary:
      "Deletes comments that are nothing but code: whole statements, in the style of the file, that nobody runs.",
    why: "A comment is never run; the history of the repository still has it.",
    keeps: [
      "documentation comments, and any comment with a word to people, such as an example or a TODO",
      "code under words that end with a colon, and over the declaration that it mentions",
      "tests, examples and configuration, where it shows what else could be set",
    ],
  },
  *find(heap) {
    for (const [index, module] of heap.graph.modules.entries()) {
      if (isAsidePath(module.file) || isTestPath(module.file) || heap.exempt(module.file) !== undefined) continue;
      if (heap.live.reached[heap.graph.nodesOf[index]?.load ?? -1] !== 1 || !mayHoldCommentedCode(module.text))
        continue;
      yield* findInModule(module);
    }
  },
};

function* findInModule(module: Module): Generator<Garbage> {
  const { notes } = module;
  // A file of comments only is more than a leftover, and has no notes.
  if (notes === undefined) return;
  const seen = new Map<string, number>();
  for (const found of findCommentedCode(module.text, notes.comments)) {
    const count = (seen.get(found.firstLine) ?? 0) + 1;
    seen.set(found.firstLine, count);
    const words = found.firstLine.slice(0, 60);
    yield toGarbage(module, found, {
      name: `// ${count === 1 ? words : `${words} (${count})`}`,
      span: commentSpan(notes, module.text, found.span),
    });
  }
}

function toGarbage(
  module: Module,
  { lines, span: comment }: CommentedCode,
  { name, span }: { readonly name: string; readonly span: CommentedCode["span"] },
): Garbage {
  const { file } = module;
  const line = lineAt(module, comment.start);
  return {
    pass: "commented-code",
    category: "commented-code",
    subject: { file, name, line },
    members: [{ file, name, line, endLine: lineAt(module, comment.end - 1) }],
    evidence: [
      {
        kind: "no-effect",
        text: `${lines} ${lines === 1 ? "line" : "lines"} of code in a comment: it parses, and nothing runs it`,
      },
    ],
    ambiguous: [],
    exposure: "local",
    edits: [{ kind: "remove-comment", file, span }],
    requires: [],
  };
}
