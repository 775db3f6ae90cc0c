import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from "yaml";
import type { z } from "zod";
import { NightsweepError } from "../core/errors.ts";
import { listProblems } from "../core/schema-problems.ts";

const mostMistakes = 20;

/** A YAML text as the value that its schema makes of it, with the place of everything in it. */
export type ParsedYaml<Value> = {
  readonly value: Value;
  readonly lines: LineCounter;
  /** Position in the text of a value's key. */
  readonly at: (keys: readonly (string | number)[]) => number;
  /** Line of each value by its path; an item that has an id or a name goes by it: `rules.surely-dead`. */
  readonly places: ReadonlyMap<string, number>;
};

/** Parses YAML without anchors and checks it. Throws POLICY_INVALID with every mistake, its line and column. */
export function parseYaml<Value>(text: string, name: string, schema: z.ZodType<Value>): ParsedYaml<Value> {
  const lines = new LineCounter();
  const document = readDocument(text, lines);
  const refuse = (mistakes: readonly Mistake[]) => invalidPolicy(name, lines, mistakes);
  if (document instanceof Error)
    throw refuse([{ at: 0, text: `cannot be read as YAML: ${document.message.replace(/\s+/g, " ")}` }]);
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0)
    throw refuse(faults.map(({ message, pos: [at] }) => ({ at, text: message.replace(/\s+/g, " ") })));
  const references = listReferences(document);
  if (references.length > 0)
    throw refuse(references.map((at) => ({ at, text: "anchors and aliases are not allowed; write the value out" })));
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true });
  if (!parsed.success) {
    const problems = listProblems(schema, parsed.error);
    throw refuse(problems.map((problem) => ({ at: offsetOf(document, problem.path), text: problem.text })));
  }
  const places = new Map<string, number>();
  collectPlaces(document.contents, "", (key, offset) => places.set(key, lines.linePos(offset).line));
  return { value: parsed.data, lines, at: (keys) => offsetOf(document, keys), places };
}

/** Deep nesting can exhaust the stack of any parser, which is a mistake of the file like any other. */
function readDocument(text: string, lines: LineCounter): Document.Parsed | Error {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** `at` is a position in the text of the file. */
type Mistake = { readonly at: number; readonly text: string };

/** Mistakes come in the order of the file, and only as many as a person mends at once. */
export function invalidPolicy(name: string, lines: LineCounter, mistakes: readonly Mistake[]): NightsweepError {
  const shown = mistakes.toSorted((one, other) => one.at - other.at).slice(0, mostMistakes);
  const words = shown.map(({ at, text }) => {
    const { line, col } = lines.linePos(at);
    return `${name}:${Math.max(1, line)}:${Math.max(1, col)} ${text}`;
  });
  const left = mistakes.length - shown.length;
  return new NightsweepError("POLICY_INVALID", [...words, ...(left > 0 ? [`and ${left} more`] : [])].join("\n  "));
}

/** Anchors and aliases hide what a rule says, and can blow a small file up to any size. */
function listReferences(document: Document): readonly number[] {
  const found: number[] = [];
  visit(document, {
    Alias: (_key, { range }) => {
      found.push(range?.[0] ?? 0);
    },
    Value: (_key, { anchor, range }) => {
      if (anchor !== undefined) found.push(range?.[0] ?? 0);
    },
  });
  return found;
}

/** Where a key stands; for one that is missing, the nearest thing around it. */
function offsetOf(document: Document, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(keys.slice(0, length - 1), true);
    const key = keys[length - 1];
    let at: number | undefined;
    visit(isNode(parent) ? parent : document, {
      Pair: (_position, pair) => {
        if (isNode(pair.key) && String(pair.key) === key) at = pair.key.range?.[0];
        return at === undefined ? visit.SKIP : visit.BREAK;
      },
    });
    if (at !== undefined) return at;
    const node: unknown = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function collectPlaces(node: Node | null, path: string, note: (key: string, offset: number) => void): void {
  for (const { name, key, value } of partsOf(node)) {
    const own = path === "" ? name : `${path}.${name}`;
    note(own, key.range?.[0] ?? 0);
    if (isNode(value)) collectPlaces(value, own, note);
  }
}

type NamedPart = { readonly name: string; readonly key: Node; readonly value: unknown };

function partsOf(node: Node | null): readonly NamedPart[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => (isScalar(key) ? [{ name: String(key.value), key, value }] : []));
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index) =>
    isNode(item) ? [{ name: nameOf(item) ?? String(index), key: item, value: item }] : [],
  );
}

function nameOf(item: Node): string | undefined {
  if (!isMap(item)) return undefined;
  const name: unknown = item.get("id") ?? item.get("name");
  return typeof name === "string" ? name : undefined;
}
