import type { Candidate, Evidence } from "./core/candidate.ts";
import { measureDeadTime } from "./core/dead-time.ts";
import type { Ledger } from "./core/ledger.ts";
import type { RepoPath } from "./core/names.ts";
import type { ProductionConfig } from "./core/production-schema.ts";
import { observe, type Production } from "./core/production.ts";
import type { Origin } from "./find-candidates.ts";
import { lastCommit } from "./io/git-history.ts";
import { readProduction } from "./io/production-coverage.ts";

/** What the tree does not say of candidates: what earlier nights and production saw of them. */
export async function observeCandidates(
  candidates: readonly Candidate[],
  known: {
    readonly ledger: Pick<Ledger, "entries">;
    readonly production: ProductionConfig | undefined;
    /** All files of the repository. */
    readonly files: readonly RepoPath[];
  },
  origin: Pick<Origin, "mirror" | "commit" | "now" | "signal">,
): Promise<readonly Candidate[]> {
  const { now } = origin;
  const ids = candidates.map(({ id }) => id);
  const deadTimeOf = measureDeadTime(known.ledger.entries, ids, now);
  const remembered = candidates.map((candidate) => ({ ...candidate, deadFor: deadTimeOf(candidate.id) }));
  if (known.production === undefined) return remembered;
  const production = await readProduction(known.production, known.files);
  const unchanged = await listUnchanged(candidates, production, origin);
  return remembered.map((candidate) => {
    const seen = observe(candidate, production, { now, isUnchanged: (file) => unchanged.has(file) });
    if (seen.kind !== "unused") return { ...candidate, production: seen };
    const text = `production did not run it from ${seen.since} to ${seen.until}`;
    const evidence: readonly Evidence[] = [...candidate.evidence, { kind: "production", text }];
    return { ...candidate, production: seen, evidence };
  });
}

/** Files of candidates that nobody touched since the data begins: only in them its lines are today's. */
async function listUnchanged(
  candidates: readonly Candidate[],
  { files, since }: Production,
  { mirror, commit, signal }: Pick<Origin, "mirror" | "commit" | "signal">,
): Promise<ReadonlySet<RepoPath>> {
  const wanted = new Set(candidates.flatMap(({ members }) => members.map(({ file }) => file)));
  const unchanged = new Set<RepoPath>();
  for (const file of wanted) {
    if (files.get(file)?.some(({ line }) => line !== null) !== true) continue;
    const last = await lastCommit(mirror, commit, file, signal);
    if (last !== null && last.date.slice(0, 10) < since) unchanged.add(file);
  }
  return unchanged;
}
