import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { FileChange } from "../../src/core/edit.ts";
import { unifiedDiff } from "../../src/sweep/diff.ts";
import { measure } from "../../src/sweep/measure.ts";
import { temporaryFolder } from "../io/temporary-folder.ts";

type Row = {
  readonly name: string;
  readonly file?: string;
  readonly before: string;
  readonly after: string | null;
  readonly removed: number;
  readonly added: number;
};

const lines = Array.from({ length: 30 }, (_unused, index) => `fruit(${index});\n`);
const without = (...gone: readonly number[]) => lines.filter((_line, index) => !gone.includes(index)).join("");

const all = lines.join("");
const rows: readonly Row[] = [
  { name: "one line", before: all, after: without(3), removed: 1, added: 0 },
  { name: "two places", before: all, after: without(3, 20, 21), removed: 3, added: 0 },
  { name: "a line that changes", before: all, after: all.replace("fruit(4)", "fruit()"), removed: 1, added: 1 },
  { name: "a deleted file", before: all, after: null, removed: 30, added: 0 },
  { name: "an empty file that is deleted", before: "", after: null, removed: 0, added: 0 },
  { name: "no final newline", before: "apple();\nbanana();", after: "apple();", removed: 2, added: 1 },
  { name: "CRLF", before: "apple();\r\nbanana();\r\n", after: "apple();\r\n", removed: 1, added: 0 },
  {
    name: "a byte order mark",
    before: "\uFEFFapple();\nbanana();\n",
    after: "\uFEFFbanana();\n",
    removed: 2,
    added: 1,
  },
  { name: "a space in a name", file: "ripe fruit.ts", before: all, after: without(3), removed: 1, added: 0 },
  {
    name: "a quote and a tab in a name",
    file: 'a "ripe"\tfruit.ts',
    before: all,
    after: without(3),
    removed: 1,
    added: 0,
  },
  { name: "a name beyond ASCII", file: "früchte/梨.ts", before: all, after: without(0), removed: 1, added: 0 },
];

describe.each(rows)("$name", ({ file = "fruit.ts", before, after, removed, added }) => {
  const change: FileChange = after === null ? { kind: "delete", file } : { kind: "write", file, text: after };

  test("is measured by its lines", () => {
    const size = { files: 1, linesRemoved: removed, linesAdded: added };
    expect(measure([change], { [file]: before })).toEqual(size);
  });

  test("is a diff that git applies", async () => {
    await using folder = await temporaryFolder();
    const place = path.join(folder.path, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, before);
    execFileSync("git", ["apply", "-"], {
      cwd: folder.path,
      input: unifiedDiff([change], { [file]: before }),
      env: { PATH: process.env["PATH"], GIT_CEILING_DIRECTORIES: path.dirname(folder.path) },
    });
    expect(existsSync(place) ? readFileSync(place, "utf8") : null).toBe(after);
  });
});

test("a diff shows what changes with three lines around it", () => {
  expect(unifiedDiff([{ kind: "write", file: "fruit.ts", text: without(10) }], { "fruit.ts": all })).toBe(
    [
      "diff --git a/fruit.ts b/fruit.ts",
      "--- a/fruit.ts",
      "+++ b/fruit.ts",
      "@@ -8,7 +8,6 @@",
      " fruit(7);",
      " fruit(8);",
      " fruit(9);",
      "-fruit(10);",
      " fruit(11);",
      " fruit(12);",
      " fruit(13);",
      "",
    ].join("\n"),
  );
});

test("sizes of several files add up", () => {
  const changes: FileChange[] = [
    { kind: "write", file: "a.ts", text: "one();\n" },
    { kind: "delete", file: "b.ts" },
  ];
  const texts = { "a.ts": "one();\ntwo();\n", "b.ts": "three();\n" };
  expect(measure(changes, texts)).toEqual({ files: 2, linesRemoved: 2, linesAdded: 0 });
});
