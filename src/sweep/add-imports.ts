import type { EditOf } from "./applicable.ts";
import { lineEnd } from "./comments.ts";

/** A name that a text is to import; `at` is a position in that text. */
export type ImportAddition = Omit<EditOf<"add-import">, "kind" | "file">;

/**
 * Adds names to the imports of a text: to a list that is there from the same module, in its order if it has one, else as a
 * statement of its own on the line behind its position. A name that is there already is not added again.
 */
export function addImports(text: string, additions: readonly ImportAddition[]): string {
  const groups = [...Map.groupBy(additions, ({ specifier, typeOnly }) => `${typeOnly ? "type " : ""}${specifier}`)];
  const wanted = groups.flatMap(([, group]): readonly Wanted[] => {
    const [first] = group;
    const names = new Set(group.map(({ imported, local }) => spellName(imported, local)));
    return first === undefined ? [] : [{ ...first, names: [...names].toSorted(compare) }];
  });
  const isListed = (one: Wanted) => findList(text, one) !== undefined;
  const statements = wanted.filter((one) => !isListed(one)).toSorted((one, other) => other.at - one.at);
  return wanted.filter(isListed).reduce(extendList, statements.reduce(insertStatement, text));
}

type Wanted = ImportAddition & { readonly names: readonly string[] };

function spellName(imported: string, local: string): string {
  return imported === local ? local : `${imported} as ${local}`;
}

type List = { readonly start: number; readonly end: number; readonly names: readonly string[] };

/** The names between the braces of an import that is there. */
function findList(text: string, { specifier, typeOnly }: ImportAddition): List | undefined {
  const escaped = specifier.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    `^import ${typeOnly ? "type " : "(?!type )(?:[\\w$]+\\s*,\\s*)?"}\\{([^{}]*)\\}\\s*from\\s*["']${escaped}["']`,
    "m",
  );
  const match = pattern.exec(text);
  const inner = match?.[1];
  // A comment in a list belongs to a name that only a person can tell.
  if (match === null || inner === undefined || /\/[/*]/.test(inner)) return undefined;
  const start = match.index + match[0].indexOf("{") + 1;
  const names = inner
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return { start, end: start + inner.length, names };
}

const narrowestWidth = 80;

function extendList(text: string, wanted: Wanted): string {
  const list = findList(text, wanted);
  if (list === undefined) return text;
  const { start, end, names } = list;
  const isSorted = names.every((name, index) => index === 0 || compare(names[index - 1] ?? "", name) <= 0);
  const fresh = wanted.names.filter((name) => !names.includes(name));
  const all = isSorted ? [...names, ...fresh].toSorted(compare) : [...names, ...fresh];
  const inner = text.slice(start, end);
  const width = Math.max(narrowestWidth, ...text.split("\n").map((line) => Math.min(line.length, 120)));
  const oneLine = ` ${all.join(", ")} `;
  const line = text.slice(text.lastIndexOf("\n", start) + 1, start) + oneLine + text.slice(end, lineEnd(text, end));
  const indent = /\n([ \t]+)\S/.exec(inner)?.[1] ?? indentIn(text);
  const isWrapped = inner.includes("\n") || line.length > width;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const comma = !inner.includes("\n") || /,\s*$/.test(inner) ? "," : "";
  const wrapped = `${lineBreak}${all.map((name) => `${indent}${name}`).join(`,${lineBreak}`)}${comma}${lineBreak}`;
  const spaced = inner.startsWith(" ") || inner === "" ? oneLine : oneLine.trim();
  return text.slice(0, start) + (isWrapped ? wrapped : spaced) + text.slice(end);
}

function indentIn(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
}

/** As people and tools sort imports: without regard to case, where that decides nothing by it. */
function compare(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  return left === right ? (one < other ? -1 : 1) : left < right ? -1 : 1;
}

/** On the line behind the position; where a line begins, what stood above it went and its place is free. */
function insertStatement(text: string, { at, names, specifier, typeOnly, quote, semicolon }: Wanted): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const statement = `import ${typeOnly ? "type " : ""}{ ${names.join(", ")} } from ${quote}${specifier}${quote}${semicolon ? ";" : ""}`;
  const isLineStart = at === 0 || text[at - 1] === "\n";
  const place = isLineStart ? at : lineEnd(text, at);
  const behind = text.slice(place);
  const next = isLineStart ? behind : behind.replace(/^\r?\n/, "");
  const isApart = next.trim() === "" || /^[ \t]*\r?\n/.test(next) || /^import\b/.test(next);
  const gap = isApart ? "" : lineBreak;
  const added = isLineStart ? `${statement}${lineBreak}${gap}` : `${lineBreak}${statement}${gap}`;
  return text.slice(0, place) + added + behind;
}
