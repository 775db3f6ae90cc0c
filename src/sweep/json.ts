import { applyEdits, findNodeAtLocation, modify, parse, parseTree, type Node, type ParseError } from "jsonc-parser";

/**
 * Removes entries from the text of a package.json and leaves every other byte as it was; an object that this empties goes
 * too. Throws when a path is not there, since an edit names what was read from this very text.
 */
export function removeJsonEntries(text: string, paths: readonly (readonly string[])[]): string {
  const byteOrderMark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]));
  const sorted = [...distinct.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const result = sorted.reduce((now, [, path]) => removeEntry(now, path), text.slice(byteOrderMark.length));
  return byteOrderMark + result;
}

function removeEntry(text: string, path: readonly string[]): string {
  const root = parseTree(text);
  const value = root === undefined ? undefined : findNodeAtLocation(root, [...path]);
  if (value?.parent === undefined) throw new Error(`Assertion: there is no ${path.join(".")} in this package.json`);
  let property = value.parent;
  while (isOnlyChild(property) && property.parent?.parent !== undefined) property = property.parent.parent;
  const { start, end } = cutOf(property);
  return text.slice(0, start) + text.slice(end);
}

function isOnlyChild(property: Node): boolean {
  return property.parent?.children?.length === 1;
}

/** A property with the comma and white space that parted it from its neighbour. */
function cutOf(property: Node): { readonly start: number; readonly end: number } {
  const siblings = property.parent?.children ?? [];
  const index = siblings.indexOf(property);
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  const end = property.offset + property.length;
  if (previous !== undefined) return { start: previous.offset + previous.length, end };
  return { start: property.offset, end: next?.offset ?? end };
}

/** The value of a JSON text, comments and trailing commas allowed; undefined for what is no JSON. */
export function readJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? value : undefined;
}

/** Sets the value at a path and leaves the rest of the text as it was, comments too; objects on the way are made. */
export function setJsonValue(text: string, path: readonly string[], value: unknown): string {
  const tabSize = /^( +)"/m.exec(text)?.[1]?.length ?? 2;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const formattingOptions = { insertSpaces: !/^\t+"/m.test(text), tabSize, eol };
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}
