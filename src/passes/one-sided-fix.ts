import type { Garbage } from "../core/candidate.ts";
import { findOneSidedFixes, type OneSidedFix } from "../compact/one-sided.ts";
import type { Heap } from "../mark/heap.ts";
import { isAsidePath, isTestPath } from "../mark/paths.ts";
import type { Pass } from "./pass.ts";

/** Code that was mended in one place only. */
export const oneSidedFix: Pass = {
  name: "one-sided-fix",
  doc: {
    summary:
      "Shows code that a fix of the last three years changed in one place while the same lines stand elsewhere as they were before it. It changes nothing: whether the other place is wrong too is a question.",
    why: "The lines that the fix replaced, with those around them, still stand word for word in the other place, at least five of them, and the mended place is as the fix left it.",
    keeps: [
      "fixes whose subject does not say so; commits for format, types, tests, documents or dependencies, and those that change more than fifteen files",
      "copies with other names or in another layout, which are not compared",
      "what is written in more than four places, and what differs on purpose, such as dialects: read both before you change anything",
    ],
  },
  *find(heap) {
    if (heap.fixes === undefined) return;
    const sources = heap.graph.modules.filter(
      ({ file }) => !isTestPath(file) && !isAsidePath(file) && heap.exempt(file) === undefined,
    );
    for (const found of findOneSidedFixes(heap.fixes, sources)) yield toGarbage(heap, found);
  },
};

/** More of a hunk is shown by git. */
const mostShown = 6;

function toGarbage(heap: Heap, { fix, mended, missed, hunk }: OneSidedFix): Garbage {
  const { file, line, endLine } = missed;
  const name = nameAt(heap, file, line) ?? file.slice(file.lastIndexOf("/") + 1);
  const place = { file, name, line };
  const day = fix.date.slice(0, 10);
  return {
    pass: "one-sided-fix",
    category: "one-sided-fix",
    subject: place,
    members: [{ ...place, endLine }],
    evidence: [
      {
        kind: "history",
        text: `${fix.commit.slice(0, 10)} of ${day} ("${fix.subject}") changed these lines at ${mended.file}:${mended.line}, and not here`,
      },
      { kind: "history", text: describeHunk(hunk.before, hunk.after) },
    ],
    ambiguous: [{ kind: "taste", file, line, text: "the two places may differ on purpose" }],
    exposure: "internal",
    edits: [],
    requires: [],
  };
}

/** What the other place has and this one lacks, and the other way round. */
function describeHunk(before: readonly string[], after: readonly string[]): string {
  const without = (lines: readonly string[], others: readonly string[]) =>
    lines.filter((line) => line.trim() !== "" && !others.includes(line)).map((line) => line.trim());
  const [gone, added] = [without(before, after), without(after, before)];
  const quote = (lines: readonly string[]) =>
    `${lines.slice(0, mostShown).join(" ⏎ ")}${lines.length > mostShown ? " …" : ""}`;
  if (gone.length === 0) return `it added: ${quote(added)}`;
  return added.length === 0 ? `it took away: ${quote(gone)}` : `it turned ${quote(gone)} into ${quote(added)}`;
}

/** The declaration of a file that a line stands in. */
function nameAt({ graph }: Heap, file: string, line: number): string | undefined {
  const module = graph.modules[graph.indexOf.get(file) ?? -1];
  const at = module?.lineStarts[line - 1] ?? 0;
  return module?.declarations.find(({ parts }) => parts.some(({ span }) => at >= span.start - 1 && at < span.end))
    ?.name;
}
