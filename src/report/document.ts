import type { NightDocument, NightFigures, RepoFigures, Standing } from "../core/night-document.ts";
import type { RepoStanding } from "../core/standing.ts";
import type { NightResult, RepoResult } from "../core/stage.ts";
import { fatesOf } from "./fates.ts";
import { figuresOf, proposalsOf } from "./figures.ts";

/** What people made of the candidates of each repository, by its name; a repository without an entry was not asked. */
export type Standings = ReadonlyMap<string, Standing>;

/**
 * Counts what the store knows. How many lines a merged pull request took is only in the figures of the night that opened
 * it: one whose night was deleted counts for none.
 */
export function countStandings(known: ReadonlyMap<string, RepoStanding>, history: readonly NightFigures[]): Standings {
  const linesOf: ReadonlyMap<string, number> = new Map(
    history.flatMap(({ repositories }) =>
      repositories.flatMap(({ repo, pullRequests }) =>
        pullRequests.map(({ branch, linesRemoved }) => [`${repo} ${branch}`, linesRemoved] as const),
      ),
    ),
  );
  return new Map(
    [...known].map(([repo, { pullRequests, ...counts }]) => {
      const merged = pullRequests.filter(({ state }) => state === "merged");
      const linesMerged = merged.reduce((sum, { branch }) => sum + (linesOf.get(`${repo} ${branch}`) ?? 0), 0);
      return [repo, { ...counts, open: pullRequests.filter(({ state }) => state === "open").length, linesMerged }];
    }),
  );
}

/** A whole night for other programs, as `reports/night.schema.json` describes it. */
export function nightDocument(night: NightResult, standings: Standings): NightDocument {
  return {
    ...headOf(night),
    repositories: night.repos.map((repo) => ({
      ...repoFigures(repo, standings),
      location: repo.location,
      base: repo.stages.checkout?.base ?? null,
      stopped: stoppedOf(repo),
      alarms: (repo.stages.mark?.alarms ?? []).map(({ text }) => text),
      candidates: candidatesOf(repo),
    })),
  };
}

/** The counts of a night, for the index over all nights. */
export function nightFigures(night: NightResult, standings: Standings): NightFigures {
  return { ...headOf(night), repositories: night.repos.map((repo) => repoFigures(repo, standings)) };
}

function headOf({ night, startedAt, ms, dryRun }: NightResult) {
  return { format: 1 as const, night, startedAt, ms, dryRun };
}

function repoFigures(repo: RepoResult, standings: Standings): RepoFigures {
  const { found, proposed, linesRemoved, checkRuns } = figuresOf(repo);
  return {
    repo: repo.repo,
    state: stateOf(repo),
    stoppedIn: repo.stopped?.stage ?? null,
    ms: repo.ms,
    size: sizeOf(repo),
    found,
    proposed,
    linesProposed: linesRemoved,
    checkRuns,
    byPass: byPass(repo),
    pullRequests: proposalsOf(repo).map(({ outcome, candidates, linesRemoved: lines }) => ({
      kind: outcome.kind,
      branch: outcome.branch,
      url: "url" in outcome ? outcome.url : null,
      linesRemoved: lines,
      candidates: candidates.length,
    })),
    standing: standings.get(repo.repo) ?? null,
  };
}

/** How a repository's night ended, in one word. */
export function stateOf({ stopped, rested, stages }: RepoResult): RepoFigures["state"] {
  if (stopped !== undefined) return "stopped";
  if (rested !== undefined) return rested.kind;
  return (stages.mark?.alarms.length ?? 0) > 0 ? "reported-only" : "settled";
}

function sizeOf({ stages }: RepoResult): RepoFigures["size"] {
  if (stages.mark === undefined) return null;
  const { files, lines, clonedLines = null } = stages.mark.counts;
  const deadLines = (stages.find?.candidates ?? []).reduce(
    (sum, { size }) => sum + Math.max(0, size.linesRemoved - size.linesAdded),
    0,
  );
  return { files, lines, deadLines, clonedLines };
}

function byPass(repo: RepoResult): RepoFigures["byPass"] {
  const proposed = proposalsOf(repo).flatMap(({ outcome, candidates }) =>
    outcome.kind === "already-open" ? [] : candidates,
  );
  return figuresOf(repo).byPass.map(([pass, found]) => ({
    pass,
    found,
    proposed: proposed.filter((candidate) => candidate.pass === pass).length,
  }));
}

function stoppedOf({ stopped }: RepoResult): NightDocument["repositories"][number]["stopped"] {
  if (stopped === undefined) return null;
  const { code, message, advice } = stopped.error;
  return { stage: stopped.stage, code, message, advice };
}

function candidatesOf(repo: RepoResult): NightDocument["repositories"][number]["candidates"] {
  const decisions = new Map((repo.stages.decide?.decisions ?? []).map((decision) => [decision.id, decision]));
  return fatesOf(repo).map(({ candidate, kind, because, assurance }) => {
    const decision = decisions.get(candidate.id);
    return {
      id: candidate.id,
      pass: candidate.pass,
      ...candidate.subject,
      linesRemoved: candidate.size.linesRemoved,
      linesAdded: candidate.size.linesAdded,
      exposure: candidate.exposure,
      assurance,
      ageDays: candidate.ageDays,
      owners: [...candidate.owners],
      action: decision?.action ?? null,
      rule: decision?.rule ?? null,
      became: kind,
      because,
      evidence: candidate.evidence.map(({ text }) => text),
    };
  });
}
