import { createHash } from "node:crypto";
import { NightsweepError } from "./core/errors.ts";
import { plainLine } from "./core/markdown.ts";
import { candidateId } from "./core/names.ts";
import type { NamedRepository } from "./io/config-file.ts";
import { lockState } from "./io/database.ts";
import { listCommits, revertOnto, type ToldCommit } from "./io/git-revert.ts";
import { updateMirror } from "./io/git-mirror.ts";
import { commitTree, treeOf } from "./io/git-tree.ts";
import { resolveLocation } from "./io/location.ts";
import { planNight, type NightPlan, type NightRequest } from "./night-plan.ts";
import { candidatesOfMessage } from "./publish/commits.ts";
import type { Forge, KnownPullRequest, Opening, Source } from "./publish/forge.ts";
import { ownLabel, undoBranch } from "./publish/names.ts";

/** What was prepared to bring something back. */
export type Undone = {
  readonly repo: string;
  readonly pullRequest: string;
  /** Everything that comes back: what went in one commit comes back in one. */
  readonly candidates: readonly string[];
  readonly opening: Opening;
  readonly branch: string;
};

/** Those of the pull request come first; there are never so many. */
const mostCommits = 500;

/**
 * Prepares a pull request that takes back the one commit in which a candidate went, on top of what the default branch is
 * now. Throws NOT_FOUND when no merged pull request has it, and UNDO_CONFLICT when its place has changed since.
 */
export async function undo(request: NightRequest, candidate: string): Promise<Undone> {
  const plan = await planNight(request);
  await using resources = new AsyncDisposableStack();
  resources.use(lockState(plan.config.stateDirectory));
  for (const repository of plan.repositories) {
    const forge = plan.forges.get(repository.key);
    if (forge === undefined) continue;
    const source = await openSource(plan, repository, forge);
    const merged = (await forge.list(source, plan.signal)).filter(({ state }) => state === "merged");
    for (const pullRequest of merged.toReversed()) {
      if (!pullRequest.candidates.some((id) => id === candidate)) continue;
      const found = await findCommit(forge, { pullRequest, source, candidate }, plan.signal);
      return await bringBack(plan, { forge, source, pullRequest, repository, found });
    }
  }
  throw new NightsweepError("NOT_FOUND", `no merged pull request of these repositories took ${candidate} away`);
}

async function openSource(plan: NightPlan, repository: NamedRepository, forge: Forge): Promise<Source> {
  const { config, signal } = plan;
  const { stateDirectory, directory } = config;
  const location = await resolveLocation(repository.location, { directory, stateDirectory, signal });
  const credentials = await forge.admit(signal);
  const mirror = await updateMirror({ location, key: repository.key, stateDirectory, signal, credentials });
  const { headBranch, headCommit } = mirror.remote;
  if (headBranch === null || headCommit === null) throw new NightsweepError("NO_DEFAULT_BRANCH", repository.location);
  const base = { branch: headBranch, commit: headCommit };
  const sandbox = { kind: "none", because: "nothing of the repository is run" } as const;
  const record = { location: repository.location, base, installation: null, checks: [], sandbox };
  return { record, mirror: mirror.directory };
}

type Wanted = { readonly pullRequest: KnownPullRequest; readonly source: Source; readonly candidate: string };

/** A squash may have made one commit of all, so the pull request's own commits are looked at. */
async function findCommit(
  forge: Forge,
  { pullRequest, source, candidate }: Wanted,
  signal: AbortSignal,
): Promise<ToldCommit> {
  const head = await forge.fetch(pullRequest, source, signal);
  const commits = await listCommits(source.mirror, { head, most: mostCommits }, signal);
  const found = commits.find(({ message }) => candidatesOfMessage(message).includes(candidate));
  if (found !== undefined) return found;
  throw new NightsweepError("NOT_FOUND", `no commit of ${pullRequest.url} says that it took ${candidate} away`);
}

type Return = {
  readonly forge: Forge;
  readonly source: Source;
  readonly pullRequest: KnownPullRequest;
  readonly repository: NamedRepository;
  readonly found: ToldCommit;
};

async function bringBack({ now, mask, signal }: NightPlan, what: Return): Promise<Undone> {
  const { forge, source, pullRequest, repository, found } = what;
  const { mirror, record } = source;
  const { base } = record;
  const reverted = await revertOnto(mirror, { commit: found.commit, onto: base.commit }, signal);
  if (reverted.kind === "conflict")
    throw new NightsweepError("UNDO_CONFLICT", `${reverted.files.join(", ")} after ${found.commit}`);
  const { tree } = reverted;
  if (tree === (await treeOf(mirror, base.commit, signal)))
    throw new NightsweepError("NOT_FOUND", `there is nothing to bring back: ${base.branch} has it`);
  const subject = plainLine(found.message.split("\n")[0] ?? "");
  const title = mask(`Bring back what went: ${subject}`);
  const message = mask(`${title}\n\nThis reverts commit ${found.commit} of ${pullRequest.url}.\n`);
  const date = now().toISOString();
  const commit = await commitTree(mirror, { tree, parent: base.commit, message, date }, signal);
  const candidates = candidatesOfMessage(found.message);
  const branch = undoBranch(createHash("sha256").update(found.commit).digest("hex").slice(0, 12));
  const list = candidates.map((id) => `- \`${id}\``).join("\n");
  const text = `Takes back ${found.commit} of ${pullRequest.url}, as \`nightsweep undo\` was asked to:\n\n${list}\n\nNo check has run on this.\n`;
  const ids = candidates.map((id) => candidateId(id));
  const opening = await forge.open(
    {
      ...{ branch, base, title, body: () => mask(text), labels: [`${ownLabel}:undo`], candidates: ids },
      ...{ head: { commit, tree }, commits: [{ commit, tree, message, candidates: ids }], now: date },
    },
    source,
    signal,
  );
  return { repo: repository.key, pullRequest: pullRequest.url, candidates, opening, branch };
}
