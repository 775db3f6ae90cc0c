import type { Candidate } from "../core/candidate.ts";
import { isActiveAuthor } from "../io/git-history.ts";
import type { Source } from "./forge.ts";
import type { Reviewer } from "./standing-port.ts";

/** Whoever has not committed for so long is not asked about code any more. */
const activeDays = 120;
const mostAuthors = 3;

/**
 * Whom to ask for a review, the best first; the forge takes the first one that it can ask. Owners by CODEOWNERS come
 * before authors: those of most of the code first, people before teams. An author is asked only while still active.
 */
export async function findReviewers(
  candidates: readonly Candidate[],
  source: Source,
  when: { readonly now: string; readonly signal: AbortSignal },
): Promise<readonly Reviewer[]> {
  const owners = byWeight(candidates.flatMap((candidate) => candidate.owners)).flatMap(toReviewer);
  const [people, teams] = [owners.filter(({ kind }) => kind === "login"), owners.filter(({ kind }) => kind === "team")];
  if (owners.length > 0) return [...people, ...teams];
  const commits = byWeight(candidates.flatMap(({ lastTouched }) => lastTouched?.commit ?? [])).slice(0, mostAuthors);
  const since = new Date(Date.parse(when.now) - activeDays * 86_400_000).toISOString();
  const authors: Reviewer[] = [];
  for (const commit of commits)
    if (await isActiveAuthor({ mirror: source.mirror, base: source.record.base.commit, commit, since }, when.signal))
      authors.push({ kind: "author-of", commit });
  return authors;
}

/** `@login` and `@org/team`; an address is nobody that a forge could ask. */
function toReviewer(owner: string): readonly Reviewer[] {
  const [, organisation, name] = /^@(?:([\w.-]+)\/)?([\w.-]+)$/.exec(owner) ?? [];
  if (name === undefined) return [];
  return [{ kind: organisation === undefined ? "login" : "team", name }];
}

function byWeight(names: readonly string[]): readonly string[] {
  const counts = [...Map.groupBy(names, (name) => name)];
  return counts.toSorted(([, one], [, other]) => other.length - one.length).map(([name]) => name);
}
