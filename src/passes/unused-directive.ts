import type { Evidence, Garbage } from "../core/candidate.ts";
import type { Edit, Span } from "../core/edit.ts";
import { mayHaveDirectives, readDirectives, type DirectiveTool } from "../mark/directives.ts";
import { lineAt, type Module } from "../mark/module.ts";
import { isAsidePath } from "../mark/paths.ts";
import { commentSpan } from "./comment-span.ts";
import { createCoverage } from "./directive-coverage.ts";
import { findAbsentTools } from "./directive-tools.ts";
import type { Pass } from "./pass.ts";
import { judgeDirectives, type Judgement } from "./stale-directives.ts";

/** Comments that tell a tool to look away from what is not there. */
export const unusedDirective: Pass = {
  name: "unused-directive",
  doc: {
    summary:
      "Drops a comment that silences a linter, the compiler or a formatter where it has nothing to silence: eslint-disable, @ts-ignore, prettier-ignore and the like.",
    why: "The code that it covers has nothing that the rule could complain about, another comment silences it already, or nothing in the repository speaks of the tool.",
    keeps: [
      "rules that cannot be judged by what stands in the covered code; the repository's own --report-unused-disable-directives sees more",
      "@ts-ignore and @ts-expect-error above code: only the compiler knows whether there is an error",
      "directives for a tool that any manifest, configuration or text names",
    ],
  },
  *find(heap) {
    const absent = findAbsentTools(heap);
    for (const [index, module] of heap.graph.modules.entries()) {
      if (!mayHaveDirectives(module.text) || isAsidePath(module.file) || heap.exempt(module.file) !== undefined)
        continue;
      if (heap.live.reached[heap.graph.nodesOf[index]?.load ?? -1] !== 1) continue;
      yield* findInModule(module, absent);
    }
  },
};

function* findInModule(module: Module, absent: ReadonlySet<DirectiveTool>): Generator<Garbage> {
  const { notes } = module;
  const directives = notes === undefined ? [] : readDirectives(notes.comments);
  if (notes === undefined || directives.length === 0) return;
  const coverage = createCoverage(module, notes);
  const seen = new Map<string, number>();
  for (const judgement of judgeDirectives(directives, coverage, absent)) {
    const count = (seen.get(nameOf(judgement)) ?? 0) + 1;
    seen.set(nameOf(judgement), count);
    const name = count === 1 ? nameOf(judgement) : `${nameOf(judgement)} (${count})`;
    yield toGarbage(module, judgement, {
      name,
      edits: editsOf(module, judgement, commentSpan(notes, module.text, judgement.directive.comment.span)),
    });
  }
}

function nameOf({ directive, rules }: Judgement): string {
  return [directive.words.replace(/\s+/g, " "), ...rules.map((rule) => rule.name)].join(" ");
}

/** The whole comment goes, or only some of the rules that it names. */
function editsOf(module: Module, { directive, rules }: Judgement, whole: Span): readonly Edit[] {
  const { file } = module;
  const rest = directive.rules.filter((rule) => !rules.includes(rule));
  const [first] = directive.rules;
  const last = directive.rules.at(-1);
  if (rest.length === 0 || first === undefined || last === undefined)
    return [{ kind: "remove-comment", file, span: whole }];
  const span = { start: first.span.start, end: last.span.end };
  return [{ kind: "replace", file, span, text: rest.map(({ name }) => name).join(", ") }];
}

function toGarbage(
  module: Module,
  { directive, because }: Judgement,
  { name, edits }: { readonly name: string; readonly edits: readonly Edit[] },
): Garbage {
  const { file } = module;
  const { start, end } = directive.comment.span;
  const line = lineAt(module, start);
  const evidence: Evidence = { kind: "no-effect", text: because };
  return {
    pass: "unused-directive",
    category: "unused-directive",
    subject: { file, name, line },
    members: [{ file, name, line, endLine: lineAt(module, end - 1) }],
    evidence: [evidence],
    ambiguous: [],
    exposure: "local",
    edits,
    requires: [],
  };
}
