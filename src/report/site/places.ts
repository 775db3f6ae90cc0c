import { createHash } from "node:crypto";
import type { CandidateId } from "../../core/names.ts";
import type { RepoResult } from "../../core/stage.ts";
import { fatesOf, type Fate } from "../fates.ts";

/** A page with more opens slowly and is read by nobody: what is beyond goes on further pages. */
const fatesOnPage = 100;

/** One page of a repository: the first one tells of the whole repository. */
export type RepoPage = { readonly file: string; readonly fates: readonly Fate[] };

/** The pages of a repository in their order; there is always the first. */
export function pagesOf(repo: RepoResult): readonly RepoPage[] {
  const fates = fatesOf(repo);
  const count = Math.max(1, Math.ceil(fates.length / fatesOnPage));
  return Array.from({ length: count }, (_, index) => ({
    file: index === 0 ? "index.html" : `candidates-${index + 1}.html`,
    fates: fates.slice(index * fatesOnPage, (index + 1) * fatesOnPage),
  }));
}

/** Where a candidate stands, from the folder of its night. */
export function linkToFate(repo: string, { file }: RepoPage, { candidate }: Fate): string {
  return `${encodeURIComponent(repo)}/${file}#${anchorOf(candidate.id)}`;
}

/** The name of a candidate's place on its page: ids hold what fragments do not like. */
export function anchorOf(id: CandidateId): string {
  return `c-${createHash("sha256").update(id, "utf8").digest("hex").slice(0, 12)}`;
}
