import fc from "fast-check";
import { expect, test } from "vitest";
import type { Edit } from "../../src/core/edit.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";
import { file } from "./notation.ts";

/** Statements in canonical form: comments that touch one from above, its code, a comment behind it. */
const statement = fc.record({
  above: fc.constantFrom("", "// Ripe.\n", "/** Ripe, see src/*.ts. */\n", "/*\n  Ripe\n*/\n", "// One,\n// two.\n"),
  code: fc.constantFrom(
    "const apple = 1;",
    'export const text = "// no comment /*";',
    "function peel() {\n  return `\n// text\n`;\n}",
    "export class Basket {\n  size = 1;\n\n  add() {}\n}",
    "type Fruit = {\n  name: string; // shown\n};",
    'import { pear } from "./pear.js";',
    "export default peel;",
    "if (ripe) {\n  eat();\n} else {\n  wait();\n}",
  ),
  behind: fc.constantFrom("", " // ripe", " /* ripe */"),
  goes: fc.boolean(),
});

const layout = fc.record({
  groups: fc.array(fc.array(statement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  indentation: fc.constantFrom(0, 1, 2),
  lineBreak: fc.constantFrom("\n", "\r\n"),
  start: fc.constantFrom("", "\uFEFF", "#!/usr/bin/env node\n"),
  end: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer Value> ? Value : never;

/** Groups of statements that touch, one blank line between groups, inside as many blocks as it is indented. */
function write({ groups, indentation, lineBreak, start, end }: Layout): { text: string; edits: readonly Edit[] } {
  const edits: Edit[] = [];
  const indent = (text: string, depth: number) => text.replace(/^(?=[^\r\n])/gm, "  ".repeat(depth));
  let text: string = start;
  for (let depth = 0; depth < indentation; depth += 1) text += indent("{\n", depth);
  text += indent("stay();\n", indentation);
  const written = groups.filter((group) => group.length > 0);
  for (const group of written) {
    text += "\n";
    for (const { above, code, behind, goes } of group) {
      const lead = indent(above, indentation) + "  ".repeat(indentation);
      const from = (text + lead).length;
      text += `${lead}${indent(code, indentation).trimStart()}`;
      if (goes) edits.push({ kind: "remove", file, span: { start: from, end: text.length } });
      text += `${behind}\n`;
    }
  }
  for (let depth = indentation - 1; depth >= 0; depth -= 1) text += indent("}\n", depth);
  if (!end) text = text.slice(0, -1);
  return toLineBreaks(text, edits, lineBreak);
}

function toLineBreaks(text: string, edits: readonly Edit[], lineBreak: string) {
  const shift = (at: number) => text.slice(0, at).replaceAll("\n", lineBreak).length;
  return {
    text: text.replaceAll("\n", lineBreak),
    edits: edits.map((edit) =>
      edit.kind === "remove" ? { ...edit, span: { start: shift(edit.span.start), end: shift(edit.span.end) } } : edit,
    ),
  };
}

/** The rule for the heading of a block of imports is tested by rows; here each comment belongs to its statement. */
function isPlain({ groups }: Layout): boolean {
  return groups.every((group) => group.every(({ above, code }) => above === "" || !code.startsWith("import")));
}

function merge(text: string, edits: readonly Edit[]): string {
  const [change] = mergeEdits(edits, { [file]: text });
  if (change === undefined) return text;
  return change.kind === "write" ? change.text : "";
}

test("a swept file is the file that was written without what went", () => {
  fc.assert(
    fc.property(layout.filter(isPlain), (given) => {
      const { text, edits } = write(given);
      const groups = given.groups.map((group) => group.filter((one) => !one.goes)).filter((group) => group.length > 0);
      expect(merge(text, edits)).toBe(write({ ...given, groups }).text);
    }),
    { numRuns: 400 },
  );
});

test("lines that no edit touches are left as they are, in their order", () => {
  const mess = fc.array(
    fc.record({
      line: fc.constantFrom(
        "",
        "  ",
        "\t",
        "run();  ",
        "\tx = [",
        "]",
        "// note",
        "/* a */ b();",
        "`",
        "{",
        "}",
        ";",
        "(1)",
      ),
      goes: fc.boolean(),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(mess, (lines) => {
      const text = lines.map(({ line }) => `${line}\n`).join("");
      let at = 0;
      const edits = lines.flatMap(({ line, goes }): readonly Edit[] => {
        const start = at + line.search(/\S|$/);
        const end = at + line.trimEnd().length;
        at += line.length + 1;
        return goes && start < end ? [{ kind: "remove", file, span: { start, end } }] : [];
      });
      const kept = merge(text, edits).split("\n");
      let position = -1;
      const original = text.split("\n");
      for (const line of kept) {
        const guarded = original.includes(line) ? line : line.replace(/^(\s*);/, "$1").replace(/^(.*)\{\}$/, "$1{");
        position = original.indexOf(guarded, position + 1);
        expect(position, `${line} in ${text}`).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 400 },
  );
});

test("the order of edits makes no difference", () => {
  const shuffled = layout.chain((given) => {
    const { text, edits } = write(given);
    return fc.record({
      text: fc.constant(text),
      edits: fc.constant(edits),
      order: fc.shuffledSubarray([...edits], { minLength: edits.length }),
    });
  });
  fc.assert(
    fc.property(shuffled, ({ text, edits, order }) => {
      expect(merge(text, order)).toBe(merge(text, edits));
    }),
    { numRuns: 200 },
  );
});
