import { repositoryLayer } from "../../src/io/policy-file.ts";
import { policySchema } from "../../src/core/policy-schema.ts";
import { narrow } from "../../src/core/policy-layers.ts";
import { decide } from "../../src/decide/decide.ts";
import { makeCandidate } from "../candidates.ts";

/** A file of a repository with every kind of key in it. */
export const richPolicy = `# Ours.
version: 1
name: orchard
ceiling: propose
protect:
  paths: ["apps/checkout/**", "!apps/checkout/old/**"]
  owners: ["@acme/security"]
  symbols: ["on*Request"]
limits: { pullRequestsPerNight: 2, linesPerPullRequest: 120 }
schedule:
  timeZone: Europe/Berlin
  days: [mon, wed]
  window: "23:00-06:00"
  freeze:
    - { from: 2026-11-24, to: 2026-12-01, reason: Black Friday }
trust: { demoteBelow: 0.7, muteAfterRevert: true }
rules:
  - id: stories
    match: { paths: ["**/*.stories.tsx"], minAgeDays: 30 }
    action: ignore
  - id: rest
    match: { category: [unused-export, unused-file], minAssurance: tested }
    action: automerge
`;

/** Numbers from 0 up to a bound that it is given. */
type Dice = (below: number) => number;

const snippets = [
  "&a",
  "*a",
  "{",
  "}",
  "[",
  "]",
  ": ",
  "- ",
  "\t",
  "\n",
  "\u0000",
  "é",
  "<<: ",
  "!!js",
  "%",
  "'",
  '"',
  "2026-13-40",
  "1e999",
  "~",
  "{{{{",
  "? ",
  "---\n",
];

/** What people get wrong: a pattern of the text, and what they write instead. */
const slips: readonly (readonly [right: RegExp, wrong: string])[] = [
  [/ceiling/, "celling"],
  [/protect/, "protects"],
  [/linesPerPullRequest/, "linesPerPullReqest"],
  [/minAssurance/, "minAssurence"],
  [/unused-export/, "unused-exports"],
  [/Europe\/Berlin/, "Europe/Berln"],
  [/\[mon, wed\]/, "[monday, wed]"],
  [/2026-12-01/, "2026-02-30"],
  [/2026-11-24/, "24.11.2026"],
  [/23:00-06:00/, "23-6"],
  [/: 120/, ': "many"'],
  [/: 2\b/, ": -2"],
  [/: 0\.7/, ": 70"],
  [/: true/, ": 1e999"],
  [/: 30/, ": 30 days"],
  [/version: 1/, "version: 2"],
  [/"apps\/checkout\/\*\*"/, '"apps/[checkout/**"'],
  [/"apps\/checkout\/\*\*"/, '"/apps/checkout/**"'],
  [/"!apps/, '"apps\\\\'],
  [/\["\*\*\/\*\.stories\.tsx"\]/, '["!only/taken/out"]'],
  [/id: rest/, "id: stories"],
  [/name: orchard/, "name: &a [*a, *a]"],
  [
    /name: orchard/,
    "name: orchard\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]",
  ],
  [/name: orchard/, "name: orchard\nextends: .github/nightsweep.yml"],
  [/rules:/, "<<: *nothing\nrules:"],
  [/rules:/, `rules: ${"[".repeat(2_000)}`],
];

/** One small accident in a text: something lost, doubled, misspelt or put in between. */
export function mutate(text: string, dice: Dice): string {
  const at = dice(text.length);
  const length = 1 + dice(6);
  switch (dice(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + (snippets[dice(snippets.length)] ?? "") + text.slice(at);
    case 2: {
      const lines = text.split("\n");
      const line = dice(lines.length);
      return [...lines.slice(0, line), lines[line] ?? "", ...lines.slice(line)].join("\n");
    }
    case 3:
      return text.slice(0, at) + String.fromCharCode(32 + dice(95)) + text.slice(at + 1);
    case 4: {
      const [right, wrong] = slips[dice(slips.length)] ?? [/$/, ""];
      return text.replace(right, () => wrong);
    }
    default: {
      const other = dice(text.length);
      return text.slice(0, at) + text.slice(other, other + length * 3) + text.slice(at);
    }
  }
}

const operator = policySchema.parse({ version: 1, name: "operator", ceiling: "automerge", defaultAction: "automerge" });

/** What is wrong with how a text was taken: a crash, a message without a place, or more than a report; null for nothing. */
export function findFault(text: string): string | null {
  const layer = repositoryLayer([{ file: ".github/nightsweep.yml", text }]);
  if (layer?.problem === undefined) return null;
  if (!/nightsweep\.yml:[1-9]\d*:[1-9]\d* /.test(layer.problem)) return `no line and column: ${layer.problem}`;
  const [decision] = decide([makeCandidate("fig")], narrow(operator, [layer]), []);
  return decision?.action === "report" ? null : `it is ${decision?.action ?? "lost"} under a broken file`;
}

/** Whether a text is refused. */
export function isRefused(text: string): boolean {
  return repositoryLayer([{ file: ".github/nightsweep.yml", text }])?.problem !== undefined;
}
