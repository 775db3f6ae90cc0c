import { describe, expect, it } from "vitest";
import { candidateId } from "../../src/core/names.ts";
import { attribute, type Attributable } from "../../src/verify/attribute.ts";

const span = { start: 0, end: 1 };
const at = { line: 1, endLine: 1 };

const candidates: readonly Attributable[] = [
  {
    id: candidateId("unused-export:pick"),
    members: [{ file: "src/plum.ts", name: "pick", ...at }],
    edits: [{ kind: "remove", file: "src/plum.ts", span }],
  },
  {
    id: candidateId("unused-file:labels"),
    members: [{ file: "src/labels/index.ts", name: "src/labels/index.ts", ...at }],
    edits: [{ kind: "delete-file", file: "src/labels/index.ts" }],
  },
  {
    id: candidateId("unused-dependency:left-pear"),
    members: [{ file: "package.json", name: "left-pear", ...at }],
    edits: [{ kind: "remove-json", file: "package.json", path: ["dependencies", "left-pear"] }],
  },
];

describe("attribute", () => {
  it.each([
    ["src/shop.ts(3,10): error TS2305: Module '\"./plum\"' has no exported member 'pick'.", ["unused-export:pick"]],
    ["SyntaxError: The requested module './plum.ts' does not provide an export named 'pick'", ["unused-export:pick"]],
    ["ReferenceError: pick is not defined", ["unused-export:pick"]],
    ["TypeError: plum.pick is not a function", ["unused-export:pick"]],
    ["src/a.ts(1,20): error TS2307: Cannot find module './labels' or its type declarations.", ["unused-file:labels"]],
    ['Error: Failed to load url ../labels/index.js (resolved id: "../labels/index.js")', ["unused-file:labels"]],
    ["Error: Cannot find package 'left-pear' imported from /shop.js", ["unused-dependency:left-pear"]],
    ["src/plum.ts(7,1): error TS1005: ';' expected.", ["unused-export:pick"]],
    ["src/plum.ts:7:1 - error TS1005: ';' expected.", ["unused-export:pick"]],
    ["packages/fruit/src/plum.ts(7,1): error TS1005: ';' expected.", ["unused-export:pick"]],
    ["AssertionError: expected 2 to be 3", []],
    ["'pick' and './labels' are mentioned here, but nothing is wrong", []],
  ])("reads %s", (output, expected) => {
    expect(attribute(`> tsc\n${output}\n`, candidates)).toEqual(expected);
  });
});
