import { z } from "zod";
import { errorCatalogue, NightsweepError, toErrorRecord } from "../core/errors.ts";
import type { LoadedConfig } from "./config-file.ts";
import type { Finding } from "./doctor.ts";
import { readForgeKeys } from "./forge-keys.ts";
import { connect, type GitHubConnection } from "./github-connect.ts";
import { gitHubNameOf } from "./github-name.ts";
import { gitHubPermissions, missingPermissions, type MissingPermission } from "./github-permissions.ts";
import { failureOf, read, write, type GitHubRequest } from "./github-request.ts";

/** Looks whether GitHub lets us do all that a night does, and names each permission that is missing. */
export async function examineGitHub(
  config: LoadedConfig,
  place: { readonly environment: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const { forge, directory } = config;
  if (forge.kind === "local") return [];
  const keys = await readForgeKeys(forge, { environment: place.environment, directory }).catch(toErrorRecord);
  if (keys === null) return [];
  if ("code" in keys) return [failed("forge", keys)];
  const how = keys.proof.kind === "app" ? `as app ${keys.proof.appId}` : `with a token in ${forge.tokenEnv}`;
  const first: Finding = { ok: true, subject: "forge", finding: `GitHub at ${forge.baseUrl}, ${how}` };
  const findings: Finding[] = [first];
  for (const repository of config.repositories) {
    const found = await examineRepository(
      () => connect({ ...gitHubNameOf(repository, forge.baseUrl), ...forge, ...keys }),
      place.signal,
    ).catch((error: unknown) => [failed(repository.key, toErrorRecord(error))]);
    findings.push(...found.map((one) => ({ ...one, subject: repository.key })));
  }
  return findings;
}

function failed(subject: string, { message, advice, detail }: ReturnType<typeof toErrorRecord>): Finding {
  return { ok: false, subject, finding: detail === undefined ? message : `${message} (${detail})`, remedy: advice };
}

async function examineRepository(open: () => GitHubConnection, signal: AbortSignal): Promise<readonly Finding[]> {
  const connection = open();
  const granted = await connection.tokens.granted(signal);
  const missing = granted === null ? await tryPermissions(connection, signal) : missingPermissions(granted);
  const { owner, repo } = connection.repo;
  if (missing.length === 0)
    return [{ ok: true, subject: "", finding: `${owner}/${repo}: every permission that is needed` }];
  return missing.map(({ name, level, must, for: purpose }) => ({
    ok: !must,
    subject: "",
    finding: `${owner}/${repo}: ${must ? "lacks" : "has not"} ${name}: ${level}, ${purpose}`,
    ...(must ? { remedy: errorCatalogue.PERMISSION_MISSING.advice } : {}),
  }));
}

/** A branch that cannot be: no part of a name may end like this. Nothing can be done to it by accident. */
const nowhere = "nightsweep/doctor.lock";

/**
 * GitHub does not say what a fine-grained token may. So each thing is tried in a way that cannot succeed: who may is told
 * that there is no such branch, who may not that the token may not.
 */
async function tryPermissions(
  { octokit, repo, within }: GitHubConnection,
  signal: AbortSignal,
): Promise<readonly MissingPermission[]> {
  const anything = z.unknown();
  const words = { ...repo, ...within(signal) };
  const whole = await read({
    name: "GET /repos",
    schema: z.object({ default_branch: z.string() }),
    signal,
    send: () => octokit.rest.repos.get(words),
  });
  const ref = whole.default_branch;
  const trials: Readonly<Record<"contents" | "pull_requests" | "checks" | "statuses", GitHubRequest<unknown>>> = {
    contents: {
      ...{ name: "PATCH /git/refs", schema: anything, signal },
      send: () => octokit.rest.git.updateRef({ ...words, ref: `heads/${nowhere}`, sha: "0".repeat(40) }),
    },
    pull_requests: {
      ...{ name: "POST /pulls", schema: anything, signal },
      send: () => octokit.rest.pulls.create({ ...words, head: nowhere, base: ref, title: "nightsweep doctor" }),
    },
    checks: {
      ...{ name: "GET /check-runs", schema: anything, signal },
      send: () => octokit.rest.checks.listForRef({ ...words, ref }),
    },
    statuses: {
      ...{ name: "GET /status", schema: anything, signal },
      send: () => octokit.rest.repos.getCombinedStatusForRef({ ...words, ref }),
    },
  };
  const missing: MissingPermission[] = [];
  for (const name of ["contents", "pull_requests", "checks", "statuses"] as const) {
    const { write: level, must, for: purpose } = gitHubPermissions[name];
    if (!(await isAllowed(trials[name]))) missing.push({ name, level, must, for: purpose });
  }
  return missing;
}

async function isAllowed(trial: GitHubRequest<unknown>): Promise<boolean> {
  try {
    await write(trial);
    return true;
  } catch (error) {
    if (error instanceof NightsweepError && failureOf(error.cause).status === 422) return true;
    if (error instanceof NightsweepError && error.code === "PERMISSION_MISSING") return false;
    throw error;
  }
}
