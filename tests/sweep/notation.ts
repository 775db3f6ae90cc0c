import { readFileSync } from "node:fs";
import path from "node:path";
import type { Edit, Span } from "../../src/core/edit.ts";

export const file = "src/fruit.ts";

export type Case = { readonly name: string; readonly before: string; readonly after: string };
export type Marked = { readonly text: string; readonly edits: readonly Edit[] };

/** Reads cases of `=== name`, the text before, `---`, the text after. */
export function readCases(name: string): readonly Case[] {
  const text = readFileSync(path.join(import.meta.dirname, "merge", name), "utf8");
  return text
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [head = "", after = ""] = section.split(/^---\n/m);
      const title = head.slice(0, head.indexOf("\n"));
      return { name: title, before: head.slice(title.length + 1), after };
    });
}

type Mark = Span & { readonly sign: string; readonly label: string };

const opening =
  /[«‹⟨⟦]|\[\[|<\[(?<text>[^|\n]*)\||\{\{(?<list>\d+(?:>[^|\n]*)?)\||<<(?:\?(?<uses>\w*)\|)?|@(?<use>\w)@/;
const closing = /[»›⟩⟧]|\]\]|\]>|\}\}(?!\})|>>/;

/**
 * Reads the marks in a text: `[[gone]]`, `<[new|old]>`, `«// a comment that goes»`,
 * `‹gone ⟨what stays, with a ⟦rigid⟧ part⟩ gone›`, `{{2|a list of two with <<an item that goes>>}}`,
 * `{{2>what is left|...}}` and `<<?ab|an item that goes when the uses @a@ and @b@ go>>`.
 */
export function readMarks(marked: string): Marked {
  const marks: Mark[] = [];
  const open: Omit<Mark, "end">[] = [];
  let text = "";
  let from = 0;
  for (const match of marked.matchAll(new RegExp(`${opening.source}|${closing.source}`, "g"))) {
    text += marked.slice(from, match.index);
    from = match.index + match[0].length;
    const groups = match.groups ?? {};
    const label = groups["text"] ?? groups["list"] ?? groups["uses"] ?? groups["use"] ?? "";
    const sign = match[0].startsWith("<<?") ? "<<?" : match[0].slice(0, match[0].search(/^[@«‹⟨⟦]/) === 0 ? 1 : 2);
    if (sign === "@") marks.push({ sign, label, start: text.length, end: text.length });
    else if (!closing.test(match[0])) open.push({ sign, label, start: text.length });
    else marks.push({ ...(open.pop() ?? fail(`unmatched ${match[0]} in ${marked}`)), end: text.length });
  }
  return { text: text + marked.slice(from), edits: marks.flatMap((mark) => toEdits(mark, marks)) };
}

function toEdits(mark: Mark, marks: readonly Mark[]): readonly Edit[] {
  const { sign, label, start, end } = mark;
  if (!sign.startsWith("<<")) return toPlainEdits(mark, marks);
  const span = { start, end };
  // Marks are in the order of their ends, so the first list that holds the item is the innermost.
  const list = marks.find((mark) => mark.sign === "{{" && mark.start <= start && end <= mark.end);
  const [size = "", whenEmpty] = (list ?? fail("an item without a list")).label.split(">");
  const edit: Edit = {
    kind: "remove-item",
    file,
    span,
    owner: { start: list?.start ?? 0, end: list?.end ?? 0 },
    size: Number(size),
    ...(whenEmpty === undefined ? {} : { whenEmpty }),
  };
  return [sign === "<<" ? edit : { ...edit, unlessUsedAt: usesNamed(label, marks) }];
}

/** Its own part is the one that is in no other wrapping within. */
function keptIn(outer: Span, marks: readonly Mark[]): { readonly keep: Span; readonly rigid: readonly Span[] } {
  const holds = (one: Span, other: Span) => one.start <= other.start && other.end <= one.end;
  const inside = marks.filter((mark) => holds(outer, mark));
  const wrappings = inside.filter(({ sign, start, end }) => sign === "‹" && (start > outer.start || end < outer.end));
  const keep =
    inside.find((mark) => mark.sign === "⟨" && !wrappings.some((other) => holds(other, mark))) ??
    fail("a wrapping that keeps nothing");
  const rigid = inside.filter(({ sign }) => sign === "⟦").map(({ start, end }) => ({ start, end }));
  return { keep: { start: keep.start, end: keep.end }, rigid };
}

function toPlainEdits({ sign, label, start, end }: Mark, marks: readonly Mark[]): readonly Edit[] {
  const span = { start, end };
  switch (sign) {
    case "[[":
      return [{ kind: "remove", file, span }];
    case "<[":
      return [{ kind: "replace", file, span, text: label }];
    case "«":
      return [{ kind: "remove-comment", file, span }];
    case "‹":
      return [{ kind: "unwrap", file, span, ...keptIn(span, marks) }];
    default:
      return [];
  }
}

function usesNamed(names: string, marks: readonly Mark[]): readonly number[] {
  return marks.filter(({ sign, label }) => sign === "@" && names.includes(label)).map(({ start }) => start);
}

function fail(message: string): never {
  throw new Error(message);
}
