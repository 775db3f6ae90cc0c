import path from "node:path";
import { expect, test } from "vitest";
import { readPrinciples } from "../../src/io/principles-file.ts";
import { temporaryFolder, writeFiles } from "../command-line.ts";

test("the bundled principles are valid, and no file is none", async () => {
  const bundled = path.join(import.meta.dirname, "../../policies/principles.yaml");
  expect((await readPrinciples(bundled)).map(({ id }) => id)).toEqual(["core-stands-alone"]);
  expect(await readPrinciples(undefined)).toEqual([]);
});

test.each([
  ["a key that is unknown", "  - id: one\n    words: Be kind.\n    forbid: [x]\n", /principles\.yaml:5:5 .*forbid/],
  [
    "two of one name",
    "  - { id: one, words: Be kind. }\n  - { id: one, words: Be brief. }\n",
    /names another principle already/,
  ],
  [
    "a helper without a file",
    "  - { id: one, words: Be kind., preferHelper: { helper: x, over: [y] } }\n",
    /expected a file and a name/,
  ],
])("%s is refused with its place", async (_name, list, message) => {
  const folder = await temporaryFolder();
  await writeFiles(folder.path, { "principles.yaml": `version: 1\nprinciples:\n${list}` });
  await expect(readPrinciples(path.join(folder.path, "principles.yaml"))).rejects.toThrow(message);
  await expect(readPrinciples(path.join(folder.path, "missing.yaml"))).rejects.toThrow(
    /there is no file missing\.yaml/,
  );
  await folder.remove();
});
