import { z } from "zod";
import type { GitHubConnection } from "./github-connect.ts";
import { read } from "./github-request.ts";

const repositorySchema = z.object({ allow_auto_merge: z.boolean().nullish() });
const rulesSchema = z.array(z.object({ type: z.string(), parameters: z.unknown() }));
const requiredSchema = z.object({ required_status_checks: z.array(z.object({ context: z.string() })) });
const branchSchema = z.object({
  protection: z.object({ required_status_checks: z.object({ contexts: z.array(z.string()) }).nullish() }).nullish(),
});
/** What a repository and its base branch ask for before a merge; rules and classic protection are two things. */
export async function readSettings({ octokit, repo, within }: GitHubConnection, branch: string, signal: AbortSignal) {
  const own = () => octokit.rest.repos.get({ ...repo, ...within(signal) });
  const { allow_auto_merge: autoMerge } = await read({
    name: "GET /repos",
    schema: repositorySchema,
    signal,
    send: own,
  });
  const byRule = () => octokit.rest.repos.getBranchRules({ ...repo, branch, ...within(signal) });
  const rules = await read({ name: "GET /rules", schema: rulesSchema, signal, send: byRule });
  const classic = () => octokit.rest.repos.getBranch({ ...repo, branch, ...within(signal) });
  const { protection } = await read({ name: "GET /branches", schema: branchSchema, signal, send: classic });
  const required = rules.flatMap(({ type, parameters }) => {
    const parsed = requiredSchema.safeParse(parameters);
    return type === "required_status_checks" && parsed.success ? parsed.data.required_status_checks : [];
  });
  const contexts = protection?.required_status_checks?.contexts ?? [];
  return {
    requiredChecks: [...new Set([...required.map(({ context }) => context), ...contexts])],
    autoMerge: autoMerge === true,
    mergeQueue: rules.some(({ type }) => type === "merge_queue"),
  };
}
