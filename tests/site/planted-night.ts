import type { Candidate } from "../../src/core/candidate.ts";
import type { CandidateDetails } from "../../src/core/details.ts";
import { candidateId, nightId, repoKey, type NightId } from "../../src/core/names.ts";
import type { NightFigures } from "../../src/core/night-document.ts";
import { stages, type NightResult, type RepoResult } from "../../src/core/stage.ts";
import { writeDetails, writeJsonReport, writeNight, writeRecord, type Reports } from "../../src/io/records.ts";
import { batch, candidate, orchardNight, sweptRepo } from "../report/orchard-night.ts";

/** Names that want to be more than names: markup, the end of a script, another direction, and no end. */
const hostileNames: readonly string[] = [
  "</script><script>window.stolen=1</script>",
  '"><img src=x onerror="window.stolen=1">',
  "\u202egnp.tiurf\u202c",
  "`<!channel>` & <@U1|x>",
  `p${"e".repeat(4000)}ar`,
];

const fruits = ["apple", "pear", "plum", "quince", "cherry", "fig", "medlar", "damson", "greengage", "mulberry"];

/** What a night is to hold. */
export type Size = { readonly repos: number; readonly candidates: number };

/** Writes the records of a night, as a night does, and gives what it was. */
export async function plantNight(directory: string, night: NightId, size: Size): Promise<NightResult> {
  const reports: Reports = { directory, mask: (text) => text };
  const each = size.candidates / size.repos;
  const repos = Array.from({ length: size.repos }, (_, index) => plantRepo(index, each));
  for (const { result, details } of repos) {
    for (const stage of stages) {
      const output = result.stages[stage];
      if (output !== undefined)
        await writeRecord(reports, { format: 1, night, repo: result.repo, stage, startedAt: "x", ms: 5, output });
    }
    await writeDetails(reports, { night, repo: result.repo }, { format: 1, candidates: details });
  }
  const stopped = orchardNight.repos.filter((repo) => repo.stopped !== undefined);
  const result = { ...orchardNight, night, ms: 4_512_000, repos: [...repos.map((repo) => repo.result), ...stopped] };
  await writeNight(reports, result);
  return result;
}

/** Writes the figures of earlier nights, in which the fruit grows and the sweep comes after it. */
export async function plantHistory(directory: string, nights: number): Promise<void> {
  const reports: Reports = { directory, mask: (text) => text };
  const days = Array.from({ length: nights }, (_, index) => new Date(Date.UTC(2026, 9, 1 + index)));
  for (const [index, day] of days.entries()) {
    const night = nightId(day.toISOString().slice(0, 10));
    await writeNight(reports, { ...orchardNight, night, repos: [] });
    await writeJsonReport(reports, `${night}/figures.json`, figuresOf(night, index));
  }
}

function figuresOf(night: NightId, index: number): NightFigures {
  const repositories = fruits.slice(0, 4).map((fruit, rank): NightFigures["repositories"][number] => ({
    repo: repoKey(`${fruit}/orchard`),
    state: "settled",
    stoppedIn: null,
    ms: { mark: 1200, verify: 60_000 },
    size: {
      files: 120,
      lines: 12_000 * (rank + 1) + index * 40 - rank * index * 30,
      deadLines: Math.max(0, 900 - index * 18 + rank * 40),
      clonedLines: 400 + rank * 50 - index,
    },
    found: 20 - Math.floor(index / 3),
    proposed: (index + rank) % 4,
    linesProposed: ((index * 37 + rank * 11) % 90) + 4,
    checkRuns: 9,
    byPass: [{ pass: "unused-export", found: 20 - Math.floor(index / 3), proposed: (index + rank) % 4 }],
    pullRequests: [],
    standing: {
      open: (index + rank) % 5,
      merged: index * 2 + rank,
      untouched: Math.floor(index * 1.8),
      refused: Math.floor(index / 9),
      resurrected: index > 25 && rank === 0 ? 1 : 0,
      linesMerged: index * 35,
    },
  }));
  return { format: 1, night, startedAt: `${night}T01:00:00.000Z`, ms: 90_000, dryRun: false, repositories };
}

function plantRepo(
  index: number,
  count: number,
): { readonly result: RepoResult; readonly details: readonly CandidateDetails[] } {
  const fruit = fruits[index % fruits.length] ?? "";
  const candidates = Array.from({ length: count }, (_, rank) => plantCandidate(index, rank));
  const proposed = candidates.slice(0, 2).map(({ id }) => id);
  const result: RepoResult = {
    ...sweptRepo,
    repo: repoKey(`${fruit}/orchard-${index}`),
    location: `https://git.example/${fruit}/orchard-${index}.git`,
    stages: {
      ...sweptRepo.stages,
      find: {
        candidates,
        traces: candidates.map(({ id }, rank) => ({
          id,
          root: rank % 3 === 0 ? "test root: knip vitest" : null,
          steps: rank % 2 === 0 ? [{ file: "tests/fruit.test.ts", name: "ripens", line: 3 }] : [],
        })),
      },
      decide: {
        decisions: candidates.map(({ id }, rank) => ({
          id,
          action: rank < 3 ? "propose" : "report",
          rule: rank < 3 ? "surely-dead" : "default",
          because: rank < 3 ? "nothing reaches it" : `its name stands in a string of \`src/${fruit}.ts\``,
        })),
      },
      verify: {
        ...sweptRepo.stages.verify,
        culprits: candidates
          .slice(2, 3)
          .map(({ id }) => ({ id, check: "npm run test", tail: "1 failed: keeps the stone" })),
        batches: [batch(proposed, { proof: { bundles: "same", entries: 3, declarations: "same", because: null } })],
      },
      publish: {
        forge: "local",
        outcomes: [
          {
            kind: "opened",
            branch: `nightsweep/unused-export/src-${index}`,
            url: `https://forge.example/${fruit}/pull/${index}`,
            candidates: proposed,
          },
        ],
      },
    },
  };
  return { result, details: candidates.map(plantDetails) };
}

function plantCandidate(repo: number, rank: number): Candidate {
  const fruit = fruits[rank % fruits.length] ?? "";
  const name = repo === 0 ? (hostileNames[rank] ?? `${fruit}${rank}`) : `${fruit}OfTree${rank}`;
  const file = `src/${fruit}/${fruit}-${rank}.ts`;
  return candidate(`c${repo}-${rank}`, {
    id: candidateId(`unused-export:${file}#c${repo}-${rank}:0f`),
    subject: { file, name, line: rank + 1 },
    members: [
      { file, name, line: rank + 1, endLine: rank + 9 },
      { file, name: `${fruit}Seed`, line: rank + 12, endLine: rank + 14 },
    ],
    ambiguous: rank % 5 === 3 ? [{ kind: "string", file: "src/menu.ts", line: 8, text: `"${fruit}"` }] : [],
    size: { files: 1, linesRemoved: 9, linesAdded: 1 },
  });
}

function plantDetails({ id, subject }: Candidate): CandidateDetails {
  const code = [
    `-/** Says how ripe ${subject.name.slice(0, 60)} is, \`in words\`. */`,
    `-export function ripeness(days: number, price = 1_000): string {`,
    "-  /* a comment that",
    "-     goes on */",
    '-  const words = ["green", "<b>ripe</b>", `over ${days}`];',
    "-  if (days > 120 && price !== null) return words[1] ?? words[0];",
    "-  return words.at(-1)!;",
    "-}",
    "-",
  ];
  const lines = [" export const seeds = 12;", " ", ...code, "+// nothing is ripe", " export class Tree {}"];
  return {
    id,
    diff: [{ file: subject.file, isDeleted: false, hunks: [{ oldStart: 3, newStart: 3, lines }], linesLeftOut: 0 }],
    rules: [
      { rule: "young", mismatch: "it was touched 400 days ago; the rule asks for `14`" },
      { rule: "surely-dead", mismatch: null },
    ],
  };
}
