import type { Candidate } from "../src/core/candidate.ts";
import { candidateId } from "../src/core/names.ts";

/** A candidate that the standard policy proposes, with what a test wants otherwise. */
export function makeCandidate(name: string, wish: Partial<Omit<Candidate, "id">> = {}): Candidate {
  const file = wish.subject?.file ?? "src/fruit.ts";
  const category = wish.category ?? "unused-export";
  return {
    id: candidateId(`${category}:${name}:0`),
    pass: category,
    category,
    subject: { file, name, line: 1 },
    members: [{ file, name, line: 1, endLine: 1 }],
    evidence: [],
    ambiguous: [],
    exposure: "internal",
    edits: [],
    ageDays: 100,
    lastTouched: null,
    owners: [],
    assurance: "static",
    requires: [],
    size: { files: 1, linesRemoved: 1, linesAdded: 0 },
    ...wish,
  };
}
