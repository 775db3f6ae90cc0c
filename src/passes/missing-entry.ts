import { lacksRoots } from "../core/marking.ts";
import type { Pass } from "./pass.ts";

/** The entries that have to be known before anything can be deleted. */
export const missingEntry: Pass = {
  name: "missing-entry",
  doc: {
    summary:
      "Adds the entries that are missing to the configuration of knip, where so much looks dead that nothing is deleted.",
    why: "It deletes nothing. Each entry is a file that no import leads to and that a text, a test or its place says is used; whoever reviews it sees what is not an entry, and that is garbage.",
    keeps: [
      "repositories whose entries are known well enough to collect garbage",
      "a configuration of knip that is code: `nightsweep roots --propose` prints what it lacks",
      "files that an entry of the configuration leads to already",
    ],
  },
  *find({ proposal, alarms }) {
    if (proposal === null || !lacksRoots(alarms)) return;
    const { file, entries } = proposal;
    const files = entries.reduce((sum, entry) => sum + entry.files, 0);
    const place = { file, name: file, line: 1 };
    yield {
      pass: "missing-entry",
      category: "missing-entry",
      subject: place,
      members: [{ ...place, endLine: 1 }],
      evidence: [
        { kind: "missing-entry", text: `${entries.length} patterns name ${files} files that no tool says are entries` },
        ...alarms.filter((alarm) => lacksRoots([alarm])).map(({ text }) => ({ kind: "missing-entry" as const, text })),
      ],
      ambiguous: [],
      exposure: "local",
      edits: [{ kind: "add-knip-entries", ...proposal }],
      requires: [],
    };
  },
};
