import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/core/edit.ts";
import { mergeEdits } from "../../src/sweep/merge.ts";

const file = "package.json";

const cases: readonly (readonly [name: string, before: string, paths: readonly string[], after: string])[] = [
  [
    "the first entry",
    '{\n  "dependencies": {\n    "apple": "1",\n    "banana": "2"\n  }\n}\n',
    ["dependencies/apple"],
    '{\n  "dependencies": {\n    "banana": "2"\n  }\n}\n',
  ],
  [
    "the last entry",
    '{\n  "dependencies": {\n    "apple": "1",\n    "banana": "2"\n  }\n}\n',
    ["dependencies/banana"],
    '{\n  "dependencies": {\n    "apple": "1"\n  }\n}\n',
  ],
  [
    "an object that becomes empty",
    '{\n  "name": "orchard",\n  "devDependencies": {\n    "apple": "1",\n    "banana": "2"\n  }\n}\n',
    ["devDependencies/apple", "devDependencies/banana"],
    '{\n  "name": "orchard"\n}\n',
  ],
  [
    "an object that becomes empty in the middle",
    '{\n  "name": "orchard",\n  "dependencies": { "apple": "1" },\n  "private": true\n}\n',
    ["dependencies/apple"],
    '{\n  "name": "orchard",\n  "private": true\n}\n',
  ],
  [
    "objects within objects",
    '{\n  "name": "orchard",\n  "a": { "b": { "c": 1 } }\n}\n',
    ["a/b/c"],
    '{\n  "name": "orchard"\n}\n',
  ],
  ["the only entry of all", '{\n  "dependencies": { "apple": "1" }\n}\n', ["dependencies/apple"], "{\n  \n}\n"],
  [
    "one line",
    '{"dependencies":{"apple":"1","banana":"2"}}',
    ["dependencies/apple"],
    '{"dependencies":{"banana":"2"}}',
  ],
  [
    "an entry of a package with a scope",
    '{\n\t"dependencies": {\n\t\t"@types/apple": "1",\n\t\t"banana": "{2}"\n\t}\n}',
    ["dependencies/@types%apple"],
    '{\n\t"dependencies": {\n\t\t"banana": "{2}"\n\t}\n}',
  ],
];

const layouts = {
  "as written": (text) => text,
  "with CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "with a byte order mark": (text) => `\uFEFF${text}`,
} as const satisfies Record<string, (text: string) => string>;

describe.each(Object.entries(layouts))("%s", (_layout, lay) => {
  test.each(cases)("%s", (_name, before, paths, after) => {
    const edits = paths.map((path): Edit => ({
      kind: "remove-json",
      file,
      path: path.split("/").map((key) => key.replace("%", "/")),
    }));
    const expected = [{ kind: "write", file, text: lay(after) }];
    expect(mergeEdits(edits, { [file]: lay(before) })).toEqual(expected);
    expect(mergeEdits([...edits.toReversed(), ...edits], { [file]: lay(before) })).toEqual(expected);
  });
});

test("an entry that is not there is a fault of the pass", () => {
  const edits: Edit[] = [{ kind: "remove-json", file, path: ["dependencies", "apple"] }];
  expect(() => mergeEdits(edits, { [file]: "{}\n" })).toThrow(/no dependencies.apple/);
  expect(() => mergeEdits(edits, { [file]: "" })).toThrow(/no dependencies.apple/);
});
