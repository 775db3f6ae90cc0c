import type { Candidate } from "../../src/core/candidate.ts";
import type { Edit } from "../../src/core/edit.ts";
import { makeCandidate } from "../candidates.ts";

export const limits = { symbolsPerPullRequest: 3, filesPerPullRequest: 2, linesPerPullRequest: 8 };
export const lineCount = 60;
export const text = Array.from(
  { length: lineCount },
  (_unused, index) => `fruit(${String(index).padStart(2, "0")});\n`,
).join("");
export const lineLength = "fruit(00);\n".length;
const manifest = '{\n  "dependencies": {\n    "a": "1",\n    "b": "1",\n    "c": "1",\n    "d": "1"\n  }\n}\n';
export const texts = {
  "src/fruit.ts": text,
  "src/pear.ts": text,
  "src/plum.ts": text,
  "packages/core/src/fig.ts": text,
  "fig.ts": text,
  "package.json": manifest,
};

type Wish = {
  file?: string;
  line?: number;
  count?: number;
  age?: number | null;
  needs?: string[];
} & Partial<Candidate>;

/** A candidate that takes `count` lines from `line` on, counted from 0. */
export function dead(name: string, wish: Wish): Candidate {
  const { file = "src/fruit.ts", line = 0, count = 1, age = 100, needs = [], ...rest } = wish;
  const edits = Array.from({ length: count }, (_unused, index): Edit => {
    const start = (line + index) * lineLength;
    return { kind: "remove", file, span: { start, end: start + lineLength - 1 } };
  });
  return makeCandidate(name, {
    subject: { file, name, line: line + 1 },
    edits,
    ageDays: age,
    requires: needs.map((needed) => makeCandidate(needed).id),
    ...rest,
  });
}
