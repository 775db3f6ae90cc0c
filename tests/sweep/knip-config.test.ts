import { expect, test } from "vitest";
import type { KnipProposal } from "../../src/core/knip-entries.ts";
import { withKnipEntries } from "../../src/sweep/knip-config.ts";

const entry = (workspace: string, pattern: string) => ({ workspace, pattern, because: "named in a page", files: 1 });
const proposal = (
  file: string,
  entries: KnipProposal["entries"],
  workspaces: readonly string[] = [],
): KnipProposal => ({
  file,
  workspaces,
  entries,
});

test("a new configuration says why each entry is one, below the names of packages where there are several", () => {
  const entries = [entry("", "src/main.ts!"), entry("apps/shop", "src/*.ts")];
  expect(withKnipEntries(undefined, proposal("knip.jsonc", entries, ["apps/stall"]))).toBe(`{
  // Entries that no tool names: knip takes them, and what they import, for used.
  "$schema": "https://unpkg.com/knip@6/schema.json",
  "workspaces": {
    ".": {
      "entry": [
        // named in a page
        "src/main.ts!",
      ],
    },
    "apps/shop": {
      "entry": [
        // named in a page
        "src/*.ts",
      ],
    },
    "apps/stall": {},
  },
}
`);
});

test.each<[string, string, KnipProposal, unknown]>([
  [
    "entries behind its own",
    '{ "ignore": ["a"], "entry": "src/a.ts" }',
    proposal("knip.json", [entry("", "src/b.ts")]),
    { ignore: ["a"], entry: ["src/a.ts", "src/b.ts"] },
  ],
  [
    "what a glob says of a package",
    '{ "workspaces": { "apps/*": { "project": ["src/**"], "entry": ["src/a.ts"] } } }',
    proposal("knip.json", [entry("apps/shop", "src/b.ts")]),
    {
      workspaces: {
        "apps/*": { project: ["src/**"], entry: ["src/a.ts"] },
        "apps/shop": { project: ["src/**"], entry: ["src/a.ts", "src/b.ts"] },
      },
    },
  ],
  [
    "the entries of the top package when packages are named",
    '{ "entry": ["src/a.ts"], "ignoreDependencies": ["b"] }',
    proposal("knip.json", [entry("", "src/b.ts"), entry("apps/shop", "c.ts")]),
    {
      entry: ["src/a.ts"],
      ignoreDependencies: ["b"],
      workspaces: { ".": { entry: ["src/a.ts", "src/b.ts"] }, "apps/shop": { entry: ["c.ts"] } },
    },
  ],
  [
    "the rest of a package.json",
    '{ "name": "orchard", "knip": { "ignore": [] } }',
    proposal("package.json", [entry("", "src/b.ts")]),
    { name: "orchard", knip: { ignore: [], entry: ["src/b.ts"] } },
  ],
])("an existing one keeps %s", (_, text, wanted, expected) => {
  expect(JSON.parse(withKnipEntries(text, wanted))).toEqual(expected);
});

test("comments and indentation of an existing one stay", () => {
  const text = '{\n\t// fruit\n\t"entry": ["a.ts"],\n}\n';
  expect(withKnipEntries(text, proposal("knip.jsonc", [entry("", "b.ts")]))).toBe(
    '{\n\t// fruit\n\t"entry": [\n\t\t"a.ts",\n\t\t"b.ts"\n\t],\n}\n',
  );
});
